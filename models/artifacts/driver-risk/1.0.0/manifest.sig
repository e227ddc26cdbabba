{"keyId":"b7a2b9c6593cb75d","signature":"dEsyqdi6SBl1rIVAvX/+5asJFgOSZ9tih8dnS1obzobzhRayJT5uYls/kZ4QM1GqRqb/tBrSFzzQMD4MifuEAQ=="}
