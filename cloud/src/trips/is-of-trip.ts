import { and, eq } from 'drizzle-orm'
import { drivingEvents, trips } from '../db/schema/trips.ts'

/** Joins an event to the trip that it names, where one device told of both: an event may come before its trip, and name one that another device then tells of; and an alarm is taken whatever trip it names. */
export const isOfTrip = and(eq(trips.id, drivingEvents.tripId), eq(trips.deviceId, drivingEvents.deviceId))
