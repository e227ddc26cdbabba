import type { Lane } from '@fairmile/contract/topics.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../../src/db/database.ts'
import type { Car } from './car.ts'

/** What comparing the cars' history with the database has found, in records. */
export interface FleetCheck {
  /** Acked as stored. */
  acked: number
  /** Acked as dead letters. */
  rejected: number
  /** Acked as stored, and not in the database. */
  lost: number
  /** In the database once too often: a row, a trip's end or an alert that was told twice. */
  duplicated: number
  /** In the database, and not acked to the car yet. */
  unacked: number
  /** Where records are lost or there twice, for looking into it. */
  examples: string[]
}

const maxExamples = 5

interface Held extends Record<string, unknown> {
  device: string
  boot: number
  seqs: number[]
  rows: number
}

/** Compares, record by record, what the cloud acked with what its database holds. */
export async function checkFleet(db: Database, cars: readonly Car[]): Promise<FleetCheck> {
  const found: FleetCheck = { acked: 0, rejected: 0, lost: 0, duplicated: 0, unacked: 0, examples: [] }
  const telematics = await heldTelematics(db)
  const stored = await heldBatches(db)
  for (const { identity, acked } of cars) {
    const name = (lane: Lane, boot: number, seq: number) => `${identity.id}/${lane}/${boot}/${seq}`
    let here = 0
    for (const { lane, boot, firstSeq, lastSeq, hash, rejected } of acked) {
      const count = lastSeq - firstSeq + 1
      if (rejected !== null) {
        found.rejected += count
        continue
      }
      found.acked += count
      const rows = telematics.get(`${identity.id}/${boot}`)?.seqs
      const isStored = stored.has(`${identity.id}/${lane}/${hash}`)
      for (let seq = firstSeq; seq <= lastSeq; seq++) {
        if (lane === 'telematics' ? !rows?.has(seq) : !isStored) lose(found, name(lane, boot, seq))
        else if (lane === 'telematics') here++
      }
    }
    for (const [key, held] of telematics) if (key.startsWith(`${identity.id}/`)) found.unacked += held.seqs.size
    found.unacked -= here
  }
  for (const [key, { rows, seqs }] of telematics) twice(found, key, rows - seqs.size)
  await checkTold(db, found)
  await checkTrips(db, cars, found)
  return found
}

/** Sequence numbers and rows of each device and boot. */
async function heldTelematics(db: Database) {
  const rows = await selectRows<Held>(
    db,
    sql`SELECT device_id AS device, boot_id::float8 AS boot, array_agg(DISTINCT seq::float8) AS seqs, count(*)::float8 AS rows
        FROM telematics_events GROUP BY device_id, boot_id`,
  )
  return new Map(
    rows.map(({ device, boot, seqs, rows: count }) => [
      `${device}/${boot}`,
      { boot, rows: count, seqs: new Set(seqs.map(Number)) },
    ]),
  )
}

/** Batches of the other lanes that are stored, by their hash. */
async function heldBatches(db: Database): Promise<Set<string>> {
  const rows = await selectRows<{ key: string }>(
    db,
    sql`SELECT device_id || '/' || lane || '/' || encode(hash, 'hex') AS key FROM device_batches
        WHERE rejected IS NULL AND lane <> 'telematics'`,
  )
  return new Set(rows.map(({ key }) => key))
}

/** Alerts and completed trips that the domain events tell more than once. */
async function checkTold(db: Database, found: FleetCheck): Promise<void> {
  const rows = await selectRows<{ what: string; times: number }>(
    db,
    sql`SELECT what, times FROM (
          SELECT type || ' ' || coalesce(data->'alert'->>'eventId', data->>'tripId') AS what, count(*)::int AS times
          FROM domain_events WHERE type IN ('SafetyAlert', 'TripCompleted') GROUP BY 1) AS told
        WHERE times > 1`,
  )
  for (const { what, times } of rows) twice(found, what, times - 1)
}

/** The end of every trip whose batch was acked. */
async function checkTrips(db: Database, cars: readonly Car[], found: FleetCheck): Promise<void> {
  const rows = await selectRows<{ device: string; trips: number; events: number }>(
    db,
    sql`SELECT t.device_id AS device, count(t.end_at)::int AS trips,
          (SELECT count(*) FROM driving_events e WHERE e.device_id = t.device_id AND e.id LIKE 'EVT-%')::int AS events
        FROM trips t GROUP BY t.device_id`,
  )
  const byDevice = new Map(rows.map((row) => [row.device, row]))
  for (const { identity, acked } of cars) {
    const told = acked.filter(({ lane, rejected }) => lane === 'trips' && rejected === null).length
    const held = byDevice.get(identity.id)
    for (const [what, count] of [
      ['trips', held?.trips ?? 0],
      ['events', held?.events ?? 0],
    ] as const)
      for (let missing = count; missing < told; missing++) lose(found, `${what} of ${identity.id}`)
  }
}

function lose(found: FleetCheck, what: string): void {
  found.lost++
  if (found.examples.length < maxExamples) found.examples.push(`lost ${what}`)
}

function twice(found: FleetCheck, what: string, times: number): void {
  if (times <= 0) return
  found.duplicated += times
  if (found.examples.length < maxExamples) found.examples.push(`${times} too many of ${what}`)
}
