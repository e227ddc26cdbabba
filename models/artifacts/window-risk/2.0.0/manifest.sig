{"keyId":"b7a2b9c6593cb75d","signature":"5fd1sThJWWoKJkGH8d0mgjdawNj12lVM2GgzOxGDIwg/djL9TyK2SEFkgbx64Oo7ViS4okyF5icOq6AvIt2OAQ=="}
