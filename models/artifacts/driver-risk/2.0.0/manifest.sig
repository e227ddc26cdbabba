{"keyId":"b7a2b9c6593cb75d","signature":"TfLUOs0IvrflWsC4Fobr/4PTw97s0AzR23v7JuzRMNonX8FK0VNVZ6oN9ANuy9RYrG5HehtgRZJ3hB2X6tgKBw=="}
