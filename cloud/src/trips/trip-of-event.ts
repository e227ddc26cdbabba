import { and, eq, getTableColumns } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { drivingEvents, trips } from '../db/schema/trips.ts'
import type { TripRow } from './trip-versions.ts'

/** An event, and the trip that it names or named. */
interface Named {
  readonly eventId: string
  readonly tripId: string
}

/** The trip that an event is of; null where it is not here, or is another device's, which told of it first. */
export async function readTripOf(db: Database, named: Named): Promise<TripRow | null> {
  const [row] = await tripOf(db, named)
  return row ?? null
}

/** As `readTripOf`, and locks its row. */
export async function lockTripOf(tx: Database, named: Named): Promise<TripRow | null> {
  const [row] = await tripOf(tx, named).for('update', { of: trips })
  return row ?? null
}

const tripOf = (db: Database, { eventId, tripId }: Named) =>
  db
    .select(getTableColumns(trips))
    .from(trips)
    .innerJoin(drivingEvents, eq(drivingEvents.deviceId, trips.deviceId))
    .where(and(eq(trips.id, tripId), eq(drivingEvents.id, eventId)))
    .$dynamic()
