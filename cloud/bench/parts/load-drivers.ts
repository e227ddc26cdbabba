import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { sql } from 'drizzle-orm'
import { createLots, type Lots } from '../../../scripts/chaos/lots.ts'
import { createCopyRows } from '../../src/db/copy-rows.ts'
import { selectRows } from '../../src/db/database.ts'
import type { OpenDatabase } from '../../src/db/open.ts'
import { addUpDrivers } from '../../src/trips/add-up-drivers.ts'

/** Drivers with trips, as a batch of scores finds them. */
export interface DriverFleet {
  drivers: number
  /** Of each driver, over 30 days. */
  trips: number
  seed: number
}

/** Different trips that drivers share: everybody draws theirs by temper, so that no two drivers are the same. */
const tempers = 32
const tripsATemper = 512
const kinds = ['harsh_braking', 'harsh_acceleration', 'harsh_cornering', 'harsh_lane_change', 'speeding'] as const
const bands = ['log', 'coach', 'count'] as const
/** When the newest trip of everybody begins, UTC. */
const newestMs = Date.UTC(2026, 5, 30, 12)
const dayMs = 86_400_000
const driversAStatement = 500
/** Drivers that the product's own code adds up in one transaction. */
const addedUpAtOnce = 50

export const benchDriver = (n: number): string => `DRV-${String(n).padStart(6, '0')}`

/** Adds drivers, their policies, and `trips` rows with statistics of the real type, by COPY. */
export async function loadDrivers(database: OpenDatabase, { drivers, trips, seed }: DriverFleet): Promise<void> {
  const lots = createLots(seed)
  const pool = Array.from({ length: tempers }, (_, temper) =>
    Array.from({ length: tripsATemper }, () => JSON.stringify(drawTrip(lots, temper / tempers))),
  )
  await database.db.execute(sql`
    WITH n AS (SELECT 'DRV-' || lpad(g::text, 6, '0') AS driver, 'VEH-' || g AS vehicle, 'POL-' || g AS policy
        FROM generate_series(0, ${drivers - 1}) AS g),
      d AS (INSERT INTO drivers (id, name) SELECT driver, driver FROM n),
      v AS (INSERT INTO vehicles (id, name) SELECT vehicle, vehicle FROM n)
    SELECT count(*) FROM n`)
  await database.db.execute(sql`
    INSERT INTO devices (id, vehicle_id, claim_hash, claim_expires_at)
    SELECT 'DEV-' || g, 'VEH-' || g, 'DEV-' || g, now() FROM generate_series(0, ${drivers - 1}) AS g`)
  await database.db.execute(sql`
    INSERT INTO policies (id, driver_id, vehicle_id, plan_id, starts_on, ends_on)
    SELECT 'POL-' || g, 'DRV-' || lpad(g::text, 6, '0'), 'VEH-' || g, 'fairmile-1', '2026-01-01', '2026-12-31'
    FROM generate_series(0, ${drivers - 1}) AS g`)
  const columns = [
    ...[
      'id',
      'device_id',
      'boot_id',
      'vehicle_id',
      'driver_id',
      'policy_id',
      'start_at',
      'end_at',
      'first_seq',
      'last_seq',
    ],
    ...['thresholds_hash', 'statistics', 'version', 'versions', 'cause'],
  ]
  for (let from = 0; from < drivers; from += driversAStatement) {
    const rows = createCopyRows(driversAStatement * trips * 2_000)
    for (let n = from; n < Math.min(drivers, from + driversAStatement); n++) {
      const temper = lots.below(tempers)
      for (let trip = 0; trip < trips; trip++) {
        const startMs = newestMs - Math.floor((trip * 29 * dayMs) / trips) - lots.below(3_600_000)
        const [bank] = [pool[Math.min(tempers - 1, temper + lots.below(3))]!]
        rows.add([
          { text: `TRP-${n}-${trip}` },
          { text: `DEV-${n}` },
          { int8: trip + 1 },
          { text: `VEH-${n}` },
          { text: benchDriver(n) },
          { text: `POL-${n}` },
          { timestamptzMs: startMs },
          { timestamptzMs: startMs + 1_200_000 },
          { int8: 1 },
          { int8: 1200 },
          { text: 'bench' },
          { jsonb: bank[lots.below(bank.length)]! },
          { int4: 1 },
          { int4: 1 },
          { text: 'recorded' },
        ])
      }
    }
    await database.transaction(async (tx, copy) => {
      // Keys of rows that were just made are not looked up one by one; whose trips came is added up below.
      await tx.execute(sql`SET LOCAL session_replication_role = replica`)
      await copy({ table: 'trips', columns }, rows.end())
    })
  }
}

/** A trip as a driver of that temper may drive it; the numbers of each bin are its own. */
function drawTrip(lots: Lots, temper: number): TripStatistics {
  const vary = (value: number) => value * (0.7 + lots.below(600) / 1000)
  const events = Array.from({ length: lots.below(1 + Math.round(temper * 6)) }, () => ({
    kind: kinds[lots.below(kinds.length)]!,
    band: bands[lots.below(bands.length)]!,
    grade: 'A' as const,
  }))
  const shape = { km: 2 + lots.below(400) / 10, gradable: 0.8 + lots.below(200) / 1000, temper, events }
  const trip = statisticsExample(shape)
  for (const name of ['speedHistS', 'aLongHistS', 'aLatHistS', 'jerkHistS', 'hourHistS'] as const)
    trip[name] = trip[name].map(vary)
  const limitKnownS = vary(trip.movingS * 0.6)
  return {
    ...trip,
    limitKnownS,
    overLimitS: [limitKnownS * 0.2 * temper, limitKnownS * 0.1 * temper, limitKnownS * 0.03 * temper],
    phoneKnownS: trip.movingS,
    phoneS: vary(trip.movingS * 0.02 * temper),
    aLongSquareSum: vary(trip.aLongSquareSum),
    aLatSquareSum: vary(trip.aLatSquareSum),
    jerkSquareSum: vary(trip.jerkSquareSum),
    riskSum: vary(20 * trip.movingS),
    riskS: trip.movingS,
  }
}

/** Has the product add up everybody whose trips came, as it does after a trip. */
export async function addUpAll({ db }: OpenDatabase): Promise<number> {
  let after = ''
  for (let count = 0; ; ) {
    const rows = await selectRows<{ id: string }>(
      db,
      sql`SELECT id FROM drivers WHERE id > ${after} ORDER BY id LIMIT ${addedUpAtOnce}`,
    )
    if (rows.length === 0) return count
    const failures = await db.transaction((tx) =>
      addUpDrivers(
        tx,
        rows.map(({ id }) => id),
      ),
    )
    if (failures[0]) throw new Error(`adding up "${failures[0].driverId}": ${failures[0].error}`)
    after = rows.at(-1)!.id
    count += rows.length
  }
}
