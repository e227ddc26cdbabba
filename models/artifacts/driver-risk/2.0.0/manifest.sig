{"keyId":"b7a2b9c6593cb75d","signature":"rJPksfuy6ojhAXYMQ9BwnFv24QmobSMs/S8Zj+yhrqb3emFrWpONMXyWyp/PpGi33jgKBWPLK7ByvsBwR5n5Bw=="}
