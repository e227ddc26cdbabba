import { statisticsDays } from '@fairmile/contract/http/statistics.ts'
import { driverStatistics } from '@fairmile/models/trips/driver-statistics.ts'
import { layoutOf, packedLayout, packStatistics } from '@fairmile/models/trips/packed-statistics.ts'
import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../../db/database.ts'
import { messageOf } from '../../errors.ts'
import { addUpDrivers } from '../../trips/add-up-drivers.ts'
import { tripsOfDrivers } from '../../trips/trips-of-drivers.ts'

/** Drivers whose trips are read at a time: some hundred trips of a kilobyte or two each. */
const tripsOfAtOnce = 50

/** A driver as a batch needs them. */
export interface BatchDriver {
  driverId: string
  /** False where a job names somebody who does not exist. */
  known: boolean
  /** Their statistics of the period, packed; null where there is no trip. */
  sums: Uint8Array | null
  tripRows: number | null
  /** The newest trip that concerns a policy of their own, and that policy. */
  tripId: string | null
  policyId: string | null
  /** Of their newest score, of whatever period. */
  version: number | null
  /** What their newest score of the period was made of. */
  modelHash: string | null
  trips: number | null
  exposureKm: number | null
  judgedKm: number | null
  featureRow: Uint8Array | null
  /** Why their trips cannot be added up. */
  error?: string
}

interface Row extends BatchDriver, Record<string, unknown> {
  touched: boolean
}

/** Which drivers: the next of all or of those that a job names, or some by their ids. */
export type WhichDrivers =
  | { afterId: string; limit: number; named: readonly string[] | null }
  | { ids: readonly string[] }

/**
 * Reads drivers with their statistics of so many days and their newest score of them, by one query however many they are.
 *
 * Whose trips changed since they were added up is added up now, in sets; so is everybody for a period that is not kept.
 */
export async function readDrivers(
  db: Database,
  { which, days }: { which: WhichDrivers; days: number },
): Promise<BatchDriver[]> {
  const rows = await selectDrivers(db, which, days)
  if (!(statisticsDays as readonly number[]).includes(days)) return addUpNow(db, rows, days)
  const stale = rows.filter(({ touched, sums }) => touched || (sums && layoutOf(sums) !== packedLayout))
  if (stale.length === 0) return rows
  const errors = new Map<string, string>()
  for (let from = 0; from < stale.length; from += tripsOfAtOnce) {
    const ids = stale.slice(from, from + tripsOfAtOnce).map(({ driverId }) => driverId)
    const failures = await db.transaction((tx) => addUpDrivers(tx, ids))
    for (const { driverId, error } of failures) errors.set(driverId, error)
  }
  const again = await selectDrivers(db, { ids: stale.map(({ driverId }) => driverId) }, days)
  const anew = new Map(again.map((row) => [row.driverId, row]))
  return rows.map((row) => {
    const error = errors.get(row.driverId)
    return { ...(anew.get(row.driverId) ?? row), ...(error !== undefined && { error }) }
  })
}

function selectDrivers(db: Database, which: WhichDrivers, days: number): Promise<Row[]> {
  return selectRows<Row>(
    db,
    sql`
      SELECT d.id AS "driverId", d.known, s.sums, s.trip_rows AS "tripRows", s.trip_id AS "tripId", s.policy_id AS "policyId",
        EXISTS (SELECT 1 FROM driver_touches t WHERE t.driver_id = d.id) AS touched,
        (SELECT max(version) FROM scores WHERE driver_id = d.id) AS version, newest.model_hash AS "modelHash", newest.trips,
        newest.exposure_km AS "exposureKm", newest.judged_km AS "judgedKm", newest.feature_row AS "featureRow"
      FROM (${driversIn(which)}) d
      LEFT JOIN driver_statistics s ON s.driver_id = d.id AND s.days = ${days}
      LEFT JOIN LATERAL (
        SELECT model_hash, trips, exposure_km, judged_km, feature_row FROM scores
        WHERE driver_id = d.id AND period_days = ${days} ORDER BY version DESC LIMIT 1
      ) newest ON true
      ORDER BY d.id`,
  )
}

function driversIn(which: WhichDrivers): SQL {
  if ('ids' in which) return namedIn(which.ids)
  const { afterId, limit, named } = which
  if (named) return sql`SELECT * FROM (${namedIn(named)}) n WHERE id > ${afterId} ORDER BY id LIMIT ${limit}`
  return sql`SELECT id, true AS known FROM drivers WHERE id > ${afterId} ORDER BY id LIMIT ${limit}`
}

const namedIn = (ids: readonly string[]): SQL => sql`
  SELECT named.id, drivers.id IS NOT NULL AS known
  FROM unnest(${sql.param(ids)}::text[]) AS named (id) LEFT JOIN drivers USING (id)`

/** Statistics of a period that is not kept, from the trips. */
async function addUpNow(db: Database, rows: readonly BatchDriver[], days: number): Promise<BatchDriver[]> {
  const made: BatchDriver[] = []
  for (let from = 0; from < rows.length; from += tripsOfAtOnce) {
    const some = rows.slice(from, from + tripsOfAtOnce)
    const found = await tripsOfDrivers(db, { driverIds: some.map(({ driverId }) => driverId), days })
    for (const row of some) {
      const trips = found.get(row.driverId)
      if (!trips) {
        made.push({ ...row, sums: null, tripRows: null })
        continue
      }
      const insured = trips.findLast(({ ownPolicyId }) => ownPolicyId !== null)
      const newest = { tripId: insured?.id ?? null, policyId: insured?.ownPolicyId ?? null }
      try {
        made.push({ ...row, ...newest, sums: packStatistics(driverStatistics(trips)), tripRows: trips.length })
      } catch (error) {
        made.push({ ...row, error: messageOf(error) })
      }
    }
  }
  return made
}
