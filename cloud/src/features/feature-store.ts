import { standardPeriodDays } from '@fairmile/contract/http/risk.ts'
import { driverFeaturesNamed, knownDriverFeatures, writeDriverFeatures } from '@fairmile/models/features/driver.ts'
import { featureVersion } from '@fairmile/models/features/feature.ts'
import { inOrder } from '@fairmile/models/pricing/exposure.ts'
import { driverStatistics } from '@fairmile/models/trips/driver-statistics.ts'
import { eq, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { driverFeatureSets } from '../db/schema/driver-features.ts'
import { recentTrips } from '../trips/ended-trips.ts'
import { isRecent } from '../trips/is-recent.ts'

/** How long stored features are taken without making them anew, though the trips have not changed. */
const lifeMs = 24 * 3600 * 1000

/** A driver's features, and what they were made of. */
export type FeatureSet = typeof driverFeatureSets.$inferSelect

interface AskedOf {
  readonly driverId: string
  /** Wall clock, epoch milliseconds. */
  readonly nowMs?: number
}

/**
 * A driver's features as the trips are now: those that were stored, or made anew where a trip came, changed or went since; null where no
 * trip has ended. The trips are the truth: late data counts as soon as it is stored, whether or not anybody was told of it.
 */
export async function currentFeatures(db: Database, asked: AskedOf): Promise<FeatureSet | null> {
  const { driverId, nowMs = Date.now() } = asked
  const [stored] = await db.select().from(driverFeatureSets).where(eq(driverFeatureSets.driverId, driverId))
  if (stored && stored.computedAt.getTime() > nowMs - lifeMs && stored.basis === (await basisOf(db, driverId)))
    return stored
  const made = await refreshFeatures(db, asked)
  return made.trips > 0 ? made : null
}

/** Makes a driver's features anew, those of former models too, and stores them; of a driver without a trip all are unknown, and nothing is stored. */
export async function refreshFeatures(db: Database, { driverId, nowMs = Date.now() }: AskedOf): Promise<FeatureSet> {
  // Before the trips are read: what changes in between is made of, but not claimed, so the next who reads makes them anew.
  const basis = await basisOf(db, driverId)
  const trips = inOrder(await recentTrips(db, { driverId, days: standardPeriodDays }))
  const statistics = driverStatistics(trips)
  const row = new Float32Array(knownDriverFeatures.length)
  writeDriverFeatures(statistics, row, knownDriverFeatures)
  const made = {
    basis,
    asOf: new Date(Math.max(...trips.map(({ endAt }) => endAt), trips.length === 0 ? nowMs : 0)),
    computedAt: new Date(nowMs),
    trips: trips.length,
    exposureKm: statistics.total.distanceM / 1000,
    judgedKm: statistics.total.gradableM / 1000,
    features: Object.fromEntries(
      knownDriverFeatures.map(({ name }, index) => [name, Number.isNaN(row[index]!) ? null : row[index]!]),
    ),
  }
  if (trips.length === 0) await db.delete(driverFeatureSets).where(eq(driverFeatureSets.driverId, driverId))
  else
    await db
      .insert(driverFeatureSets)
      .values({ driverId, ...made })
      .onConflictDoUpdate({ target: driverFeatureSets.driverId, set: made })
  return { driverId, ...made }
}

/**
 * The features that a model takes, in its order, NaN where unknown.
 *
 * @throws TypeError where the model asks for one that this code does not have
 */
export function rowOf({ features }: Pick<FeatureSet, 'features'>, names: readonly string[]): Float32Array {
  return Float32Array.from(driverFeaturesNamed(names), ({ name }) => features[name] ?? Number.NaN)
}

/** What a driver's features are made of now: versions of the code, and of each trip of the days that they are of. */
async function basisOf(db: Database, driverId: string): Promise<string> {
  const [row] = await selectRows<{ hash: string | null }>(
    db,
    sql`SELECT md5(string_agg(id || ' ' || extract(epoch FROM updated_at)::text, ',' ORDER BY id)) AS hash
        FROM trips
        WHERE driver_id = ${driverId} AND ${isRecent(sql`${driverId}`, standardPeriodDays)} AND statistics IS NOT NULL`,
  )
  return `${featureVersion}/${knownDriverFeatures.length}/${row?.hash ?? ''}`
}
