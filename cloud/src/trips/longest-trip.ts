/**
 * No car is driven for longer without a rest of ten minutes, which ends a trip, hours: ingest refuses a car's record that says more. What the cloud
 * finds ends by the same rest.
 */
export const longestTripHours = 48
