import assert from 'node:assert/strict'
import { sql } from 'drizzle-orm'
import { createLots } from '../../../scripts/chaos/lots.ts'
import { type Database, selectRows } from '../../src/db/database.ts'
import { monthOf } from '../../src/db/partitions.ts'
import { driverMonth, monthOfSeconds } from '../../src/telematics/driver-month.ts'
import { fleetHour } from '../../src/telematics/fleet-hour.ts'
import { pathOfSeconds, tripPath } from '../../src/trips/path.ts'
import { driverOf, type FleetTrip } from './fleet-year.ts'
import { rounded } from './numbers.ts'

/** Runs of each that are not counted. */
const warmUps = 20
/** The reference is asked less where it is slow: for so long at most, ms, and five times at least. */
const patienceMs = 20_000
const fewest = 5

/** Gives the answer for one choice of what is asked; the choices are drawn beforehand. */
type Ask = (db: Database, n: number) => Promise<readonly unknown[]>

/** One query of the product, and the same answer from the seconds alone. */
interface NamedQuery {
  name: string
  ask: Ask
  ofSeconds: Ask
}

/** Milliseconds from the question to the rows in the hand. */
export interface QueryTimes {
  p50: number
  p95: number
  referenceP50: number
  ratio: number
  /** Most points of an answer. */
  points: number
  /** How often each was asked. */
  runs: number
  referenceRuns: number
  /** Partitions that a plan names, at most. */
  partitions: number
}

/** The named queries: of a trip that is drawn by lot its path, its driver's month and the fleet's hour in which it began. */
export function namedQueries(trips: readonly FleetTrip[], seed: number, count: number): NamedQuery[] {
  const lots = createLots(seed)
  const drawn = Array.from({ length: count + warmUps }, () => lots.pick(trips))
  const trip = (n: number): FleetTrip => drawn[n % drawn.length]!
  const hourMs = 3_600_000
  const month =
    (query: typeof driverMonth): Ask =>
    (db, n) =>
      query(db, driverOf(trip(n).driver), monthOf(trip(n).startMs))
  const path =
    (query: typeof tripPath): Ask =>
    (db, n) =>
      query(db, trip(n).id)
  const hour: Ask = (db, n) => fleetHour(db, Math.floor(trip(n).startMs / hourMs) * hourMs)
  return [
    { name: 'driverMonth', ask: month(driverMonth), ofSeconds: month(monthOfSeconds) },
    { name: 'tripPath', ask: path(tripPath), ofSeconds: path(pathOfSeconds) },
    { name: 'fleetHour', ask: hour, ofSeconds: hour },
  ]
}

/** Asks the product, and the one table for its seconds, by turns, and makes sure of the same answers. */
export async function compareQuery(
  { ask, ofSeconds }: NamedQuery,
  { ours, reference, runs }: { ours: Database; reference: Database; runs: number },
): Promise<QueryTimes> {
  const times = { ours: [] as number[], reference: [] as number[] }
  let points = 0
  let partitions = 0
  const timed = async (query: Ask, db: Database, n: number, into: number[]) => {
    const start = performance.now()
    const answer = await query(db, n)
    into.push(performance.now() - start)
    return answer
  }
  for (let n = 0; n < warmUps; n++) await ask(ours, n)
  const until = performance.now() + patienceMs
  for (let n = 0; n < runs; n++) {
    const answer = await timed(ask, ours, n, times.ours)
    points = Math.max(points, answer.length)
    if (n > fewest && performance.now() > until) continue
    assert.deepEqual(await timed(ofSeconds, reference, n, times.reference), answer, 'both tables give the same answer')
    partitions = Math.max(partitions, await partitionsOf(ours, (db) => ofSeconds(db, n)))
  }
  const p50 = quantile(times.ours, 0.5)
  const referenceP50 = quantile(times.reference, 0.5)
  return {
    ...{ p50: rounded(p50, 2), p95: rounded(quantile(times.ours, 0.95), 2), referenceP50: rounded(referenceP50, 2) },
    ...{ ratio: rounded(referenceP50 / p50, 2), points, partitions },
    ...{ runs: times.ours.length, referenceRuns: times.reference.length },
  }
}

/** How many partitions of telematics the plans of a question name. */
async function partitionsOf(db: Database, ask: (db: Database) => Promise<unknown>): Promise<number> {
  const named = new Set<string>()
  const explaining: Database = Object.create(db, {
    execute: {
      value: async (query: Parameters<Database['execute']>[0]) => {
        const plan = JSON.stringify(await selectRows(db, sql`EXPLAIN ${query as ReturnType<typeof sql>}`))
        for (const [name] of plan.matchAll(/telematics_events_\d{4}_\d{2}(?!_)/g)) named.add(name)
        return []
      },
    },
  })
  await ask(explaining)
  return named.size
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN
}
