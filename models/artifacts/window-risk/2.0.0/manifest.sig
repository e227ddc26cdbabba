{"keyId":"b7a2b9c6593cb75d","signature":"Ywe0ublztiglO4AU3UJ9R5EYBkzBflsAenoLT63yhCdr5CDkm/ah5nebL3C0icFo3KT7L6iKbi/GgewFqk1sCw=="}
