import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { Registry } from 'prom-client'
import { childrenOf } from '../../chaos/parts/site.ts'
import { selectRows } from '../../src/db/database.ts'
import type { OpenDatabase } from '../../src/db/open.ts'
import { ensurePartitions, monthOf } from '../../src/db/partitions.ts'
import { drivers, vehicles } from '../../src/db/schema/people.ts'
import { copyTelematics, type TelematicsColumns } from '../../src/ingest/telematics-copy.ts'
import { createLog } from '../../src/log.ts'
import { createDigestWork } from '../../src/trips/digest-trips.ts'
import { makeDue } from '../../src/trips/digests.ts'
import { createTripWorkCounters } from '../../src/trips/trip-work-counters.ts'
import { batchesOf, deviceOf, driverOf, type FleetTrip } from './fleet-year.ts'
import { rounded } from './numbers.ts'

/** Batches of one transaction: as many as ingest takes together where many wait. */
const batchesATransaction = 256
/** Rows of `trips` in one statement. */
const tripsAStatement = 5_000
/** Longest trip, ms: it may end in the month after. */
const longestMs = 3_600_000
/** Of the kernel's clock, in which it counts the time of processes. */
const ticksPerS = 100

/** Rows of each stretch that go into the empty table too. */
const controlRows = 300_000

/** What it cost to take in a stretch of rows. */
export interface IngestCost {
  rows: number
  /** Of all processes of the server, a million rows. */
  serverCpuSPerMillion: number
  wallSPerMillion: number
  /** Of some of the same rows right behind it, into the same tables while they are empty: how fast the machine was just then. */
  emptyCpuSPerMillion: number
}

/** Adds drivers, devices and trips. */
export async function loadTrips({ db }: OpenDatabase, trips: readonly FleetTrip[]): Promise<void> {
  const numbers = [...new Set(trips.map(({ driver }) => driver))]
  await db.insert(drivers).values(numbers.map((n) => ({ id: driverOf(n), name: `Driver ${n}` })))
  await db.insert(vehicles).values(numbers.map((n) => ({ id: `VEH-${n}`, name: `Car ${n}` })))
  await db.execute(sql`
    INSERT INTO devices (id, vehicle_id, claim_hash, claim_expires_at)
    SELECT id, 'VEH-' || n, id, now() FROM unnest(${sql.param(numbers.map(deviceOf))}::text[], ${sql.param(numbers)}::int[]) AS rows (id, n)`)
  for (let from = 0; from < trips.length; from += tripsAStatement) {
    const rows = trips.slice(from, from + tripsAStatement).map(({ id, driver, boot, startMs, rows }) => ({
      ...{ id, boot, driver: driverOf(driver), device: deviceOf(driver), vehicle: `VEH-${driver}`, last: rows },
      ...{ start: new Date(startMs).toISOString(), end: new Date(startMs + rows * 1000).toISOString() },
    }))
    await db.execute(sql`
      INSERT INTO trips (id, device_id, boot_id, vehicle_id, driver_id, start_at, end_at, first_seq, last_seq, statistics, version, versions)
      SELECT id, device, boot, vehicle, driver, start, "end", 1, last, '{}', 1, 1
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS x (id text, device text, boot int8, vehicle text, driver text, start timestamptz, "end" timestamptz, last int8)`)
  }
}

/**
 * Takes in the telematics of trips as ingest does (binary COPY, a transaction a group of batches, months on demand).
 */
export async function loadTelematics(database: OpenDatabase, trips: readonly FleetTrip[]): Promise<void> {
  await ensureMonths(database, trips)
  for (const group of groupsOf(trips)) await copyGroup(database, group)
}

/**
 * Takes them in, and tells what each stretch of rows cost the server; a rest that is no whole stretch is not told of.
 *
 * A machine is not as fast at the end of many minutes as at their beginning, so what a stretch costs is told beside what the same rows cost at the
 * same time in tables that are empty.
 * @param serverPid the server's first process
 * @param empty another database of that server
 */
export async function measureTelematics(
  database: OpenDatabase,
  trips: readonly FleetTrip[],
  { serverPid, stretch, empty }: { serverPid: number; stretch: number; empty: OpenDatabase },
): Promise<IngestCost[]> {
  for (const each of [database, empty]) await ensureMonths(each, trips)
  const costs: IngestCost[] = []
  let watch = startWatch(serverPid)
  let groups: TelematicsColumns[][] = []
  let rows = 0
  for (const group of groupsOf(trips)) {
    await copyGroup(database, group)
    if (rows < controlRows) groups.push(group)
    rows += rowsOf(group)
    if (rows < stretch) continue
    const { cpuS, wallS } = watch()
    const emptyCpuS = await measureEmpty(empty, groups, serverPid)
    const again = groups.reduce((sum, each) => sum + rowsOf(each), 0)
    const perMillion = (value: number, of: number): number => rounded((value / of) * 1e6, 2)
    costs.push({
      rows,
      serverCpuSPerMillion: perMillion(cpuS, rows),
      wallSPerMillion: perMillion(wallS, rows),
      emptyCpuSPerMillion: perMillion(emptyCpuS, again),
    })
    watch = startWatch(serverPid)
    groups = []
    rows = 0
  }
  return costs
}

async function measureEmpty(empty: OpenDatabase, groups: readonly TelematicsColumns[][], serverPid: number) {
  await empty.db.execute(sql`TRUNCATE telematics_events`)
  const watch = startWatch(serverPid)
  for (const group of groups) await copyGroup(empty, group)
  return watch().cpuS
}

/** Gives what tells the time that went by since, and what the server computed in it. */
function startWatch(serverPid: number): () => { cpuS: number; wallS: number } {
  const before = { cpuS: cpuOf(serverPid), wallMs: performance.now() }
  return () => ({ cpuS: cpuOf(serverPid) - before.cpuS, wallS: (performance.now() - before.wallMs) / 1000 })
}

const ensureMonths = (database: OpenDatabase, trips: readonly FleetTrip[]): Promise<unknown> =>
  ensurePartitions(
    database,
    trips.flatMap(({ startMs }) => [monthOf(startMs), monthOf(startMs + longestMs)]),
  )

const rowsOf = (group: readonly TelematicsColumns[]): number =>
  group.reduce((sum, { firstSeq, lastSeq }) => sum + lastSeq - firstSeq + 1, 0)

const copyGroup = (database: OpenDatabase, group: readonly TelematicsColumns[]): Promise<void> =>
  database.transaction((_tx, copy) => copyTelematics(copy, group))

function* groupsOf(trips: readonly FleetTrip[]): Generator<TelematicsColumns[]> {
  let group: TelematicsColumns[] = []
  for (const batch of batchesOf(trips)) {
    group.push(batch)
    if (group.length < batchesATransaction) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}

/** What the digests of all trips are. */
export interface DigestCost {
  trips: number
  wallS: number
  /** With their index; the seconds of a trip with theirs. */
  bytesATrip: number
  secondsBytesATrip: number
}

/** Has the worker's own code make the digests of the trips, from their seconds. */
export async function digestTrips(database: OpenDatabase): Promise<DigestCost> {
  const { db } = database
  const startMs = performance.now()
  await makeDue(db, sql`true`, { nowMs: Date.now() })
  const counters = createTripWorkCounters(new Registry())
  const trips = await createDigestWork({ database, counters, log: createLog({ level: 'error' }) })()
  const wallS = rounded((performance.now() - startMs) / 1000, 1)
  const [bytes] = await selectRows<{ digests: number; seconds: number }>(
    db,
    sql`
      SELECT pg_total_relation_size('trip_digests')::float8 AS digests,
        (SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('telematics_events'))::float8 AS seconds`,
  )
  const aTrip = (of: number | undefined): number => Math.round((of ?? Number.NaN) / trips)
  return { trips, wallS, bytesATrip: aTrip(bytes?.digests), secondsBytesATrip: aTrip(bytes?.seconds) }
}

/** Seconds that a process, all that it started and all of those that have ended have computed. */
function cpuOf(pid: number): number {
  const ticks = (of: number, count: number): number => {
    try {
      const stat = readFileSync(`/proc/${of}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields.slice(11, 11 + count).reduce((sum, field) => sum + Number(field), 0)
    } catch {
      return 0 // it has just ended: its parent counts it from now on
    }
  }
  return [ticks(pid, 4), ...childrenOf(pid).map((child) => ticks(child, 2))].reduce((a, b) => a + b, 0) / ticksPerS
}
