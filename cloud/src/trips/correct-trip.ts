import { eq, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'
import { corrected, correctionsOf } from './trip-corrections.ts'
import { keepVersion, type TripRow } from './trip-versions.ts'

/** Why a trip is corrected, for its version. */
export interface CorrectionCause {
  cause: 'contest' | 'limit_corrected' | 'overlap' | 'reassigned'
  changedBy: string | null
  changeReason: string
  correlationId: string
  /** Who drove, where that is said anew, the policy that pays then, and the trip that it overlaps. @default as the row says */
  drivenBy?:
    | { driverId: string | null; assigned: boolean; policyId?: string | null; overlapsId?: string | null }
    | undefined
}

/**
 * Makes the version of an ended trip that counts with the contests and corrected limits that hold now. From the car's own statistics, never from
 * those that counted before, so that what was suspended comes back as it was. The trip's row has to be locked.
 */
export async function correctTrip(tx: Database, row: TripRow, { drivenBy, ...why }: CorrectionCause): Promise<TripRow> {
  const own = row.carStatistics ?? row.statistics
  if (!own) throw new Error(`Correcting the trip "${row.id}": it has not ended`)
  const { driverId } = drivenBy ?? row
  const corrections = await correctionsOf(tx, { tripId: row.id, driverId })
  await keepVersion(tx, row)
  const version = row.versions + 1
  const [after] = await tx
    .update(trips)
    .set({
      ...why,
      ...drivenBy,
      statistics: corrected(own, corrections),
      carStatistics: corrections.length > 0 ? own : null,
      ...{ version, versions: version, updatedAt: new Date() },
    })
    .where(eq(trips.id, row.id))
    .returning()
  return after!
}

/** The version that counts of a record of the car that has just been stored: another one where contests or corrected limits hold for the trip. */
export async function correctStored(tx: Database, row: TripRow): Promise<TripRow> {
  const [there] = await selectRows<{ is: boolean }>(
    tx,
    sql`SELECT EXISTS (SELECT FROM contests WHERE trip_id = ${row.id})
          OR EXISTS (SELECT FROM corrected_events WHERE trip_id = ${row.id}) AS is`,
  )
  if (!there?.is) return row
  if ((await correctionsOf(tx, { tripId: row.id, driverId: row.driverId })).length === 0) return row
  const changeReason = 'what was contested or corrected holds for the new record too'
  const correlationId = row.correlationId ?? row.id
  return correctTrip(tx, row, { cause: 'contest', changedBy: null, changeReason, correlationId })
}
