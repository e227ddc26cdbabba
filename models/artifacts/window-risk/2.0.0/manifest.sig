{"keyId":"b7a2b9c6593cb75d","signature":"AccVkWvRfUDWeFLHT7gG3sZ5xa0wYot/VgnxzBeqNVQJ4lqMN1HqkceNmciFmdwYVhWNS+PHrBSHHB7VtjqzBw=="}
