{"keyId":"b7a2b9c6593cb75d","signature":"frYMmoXrs7t1RIRU8mZg/Ft/KQhBBDKbDuybjYdpGtG/26CA3EKrmGrdz2Wud4wlIyGyGXfy2mHrQudkzbD4Bg=="}
