{"keyId":"35824205e1575c35","signature":"eAsrAbfeI63E5GqfnktcBi2TZz7Ur2FTEWxm0clHoZ1i3tB/gKMb0DSfNeZ2yPOwq8V8WB50sgCfPBUv+zUnDg=="}
