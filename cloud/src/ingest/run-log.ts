import { genesisHash } from '@fairmile/contract/chain.ts'
import { maxBatchRecords } from '@fairmile/contract/envelope.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { rowsAs } from '../db/rows-as.ts'
import type { BatchRange } from './judge.ts'

/** Batches that follow one another in a lane and boot, the oldest first. */
export interface Run {
  readonly ranges: readonly BatchRange[]
  /** What the first of them names. */
  readonly previousHash: Buffer
}

/** How a run stands to what is on record of its lane. */
interface Standing extends Record<string, unknown> {
  /** Its place in the list. */
  n: number
  /** Some of its sequence numbers are on record, or a gap is near that it may join or close: a case for one by one. */
  special: boolean
  /** The batch before it is here, or it begins the chain. */
  follows: boolean
  /** Some batch waits for one that is missing. */
  waiting: boolean
  /** Batches behind it are here already, or there is a hole in front of it: the ack is to be worked out. */
  uneven: boolean
}

/** What became of runs. */
export interface LoggedRuns {
  /** Places of those that are recorded now. */
  readonly logged: ReadonlySet<number>
  /** Places of those of them whose lane is acked up to their end by this. */
  readonly acked: ReadonlySet<number>
  /** How many have an open end in front. */
  readonly gaps: number
}

/**
 * Records the runs of many lanes with a fixed number of statements, and moves the ack of those that join it.
 *
 * What is not plain (numbers that are on record already, a lane with gaps) is left alone, to be stored batch by batch. At most one run
 * of each device's lane may be among them. Rows are written in the order of the devices, so that two processes do not wait for each other.
 */
export async function logRuns(tx: Database, runs: readonly Run[]): Promise<LoggedRuns> {
  if (runs.length === 0) return { logged: new Set(), acked: new Set(), gaps: 0 }
  const standings = await standingsOf(tx, runs)
  const plain = standings
    .filter(({ special }) => !special)
    .map((standing) => ({ ...standing, run: runs[standing.n]! }))
    .sort((a, b) => (laneOf(a.run) < laneOf(b.run) ? -1 : 1))
  const waiting = plain.filter((run) => run.waiting)
  const even = plain.filter((run) => !run.uneven)
  // In this order on one connection, without waiting for each answer.
  await Promise.all([
    plain.length > 0 && insertBatches(tx, plain),
    waiting.length > 0 && closeOpenEnds(tx, waiting),
    even.length > 0 && ackRuns(tx, even),
  ])
  return {
    logged: new Set(plain.map(({ n }) => n)),
    acked: new Set(even.map(({ n }) => n)),
    gaps: plain.filter(({ follows }) => !follows).length,
  }
}

type Placed = Standing & { run: Run }
const firstOf = ({ ranges }: Run): BatchRange => ranges[0]!
const laneOf = (run: Run): string => `${firstOf(run).deviceId}/${firstOf(run).lane}`
const hex = (hash: Buffer): string => hash.toString('hex')

async function standingsOf(tx: Database, runs: readonly Run[]): Promise<Standing[]> {
  const mine = sql`b.device_id = r.device_id AND b.lane = r.lane`
  const asked = rowsAs(
    'r',
    runs,
    {
      device_id: ['text', (run) => firstOf(run).deviceId],
      lane: ['text', (run) => firstOf(run).lane],
      boot_id: ['int8', (run) => firstOf(run).boot],
      first_seq: ['int8', (run) => firstOf(run).firstSeq],
      last_seq: ['int8', ({ ranges }) => ranges.at(-1)!.lastSeq],
      previous_hash: ['text', ({ previousHash }) => hex(previousHash)],
    },
    { ordinality: 'n' },
  )
  return selectRows<Standing>(
    tx,
    sql`
      SELECT (r.n - 1)::int4 AS n,
        EXISTS (SELECT FROM device_gaps b WHERE ${mine}
            AND (b.open OR b.end_hash = decode(r.previous_hash, 'hex') OR b.boot_id = r.boot_id AND b.last_seq >= r.first_seq - 1))
          OR EXISTS (SELECT FROM device_batches b WHERE ${mine} AND b.boot_id = r.boot_id AND b.last_seq >= r.first_seq
            AND b.first_seq BETWEEN r.first_seq - ${maxBatchRecords}::int8 AND r.last_seq) AS special,
        CASE WHEN r.previous_hash = ${hex(genesisHash)} THEN NOT EXISTS (SELECT FROM device_batches b WHERE ${mine} AND b.previous_hash = decode(r.previous_hash, 'hex'))
          ELSE EXISTS (SELECT FROM device_batches b WHERE ${mine} AND b.hash = decode(r.previous_hash, 'hex')) END AS follows,
        EXISTS (SELECT FROM device_batches b WHERE ${mine} AND b.gap) AS waiting,
        coalesce((SELECT b.acked_seq FROM device_lanes b WHERE ${mine} AND b.boot_id = r.boot_id), 0) + 1 <> r.first_seq
          OR EXISTS (SELECT FROM device_batches b WHERE ${mine} AND b.boot_id = r.boot_id AND b.first_seq > r.last_seq) AS uneven
      FROM ${asked}`,
  )
}

async function insertBatches(tx: Database, plain: readonly Placed[]): Promise<void> {
  const batches = plain.flatMap(({ run: { ranges, previousHash }, follows }) =>
    ranges.map((range, i) => ({
      ...range,
      previous: ranges[i - 1]?.hash ?? previousHash,
      gap: i === 0 && !follows,
    })),
  )
  const rows = rowsAs('r', batches, {
    device_id: ['text', ({ deviceId }) => deviceId],
    lane: ['text', ({ lane }) => lane],
    boot_id: ['int8', ({ boot }) => boot],
    first_seq: ['int8', ({ firstSeq }) => firstSeq],
    last_seq: ['int8', ({ lastSeq }) => lastSeq],
    hash: ['text', ({ hash }) => hex(hash)],
    previous_hash: ['text', ({ previous }) => hex(previous)],
    gap: ['int4', ({ gap }) => Number(gap)],
  })
  await tx.execute(sql`
    INSERT INTO device_batches (device_id, lane, boot_id, first_seq, last_seq, hash, previous_hash, gap)
    SELECT device_id, lane, boot_id, first_seq, last_seq, decode(hash, 'hex'), decode(previous_hash, 'hex'), gap = 1
    FROM ${rows}`)
}

/** Open ends that waited for one of these batches are closed; gaps wait for none of them. */
async function closeOpenEnds(tx: Database, waiting: readonly Placed[]): Promise<void> {
  const batches = waiting.flatMap(({ run }) => run.ranges)
  const rows = rowsAs('r', batches, {
    device_id: ['text', ({ deviceId }) => deviceId],
    lane: ['text', ({ lane }) => lane],
    hash: ['text', ({ hash }) => hex(hash)],
  })
  await tx.execute(sql`
    UPDATE device_batches b SET gap = false FROM ${rows}
    WHERE b.device_id = r.device_id AND b.lane = r.lane AND b.gap AND b.previous_hash = decode(r.hash, 'hex')`)
}

async function ackRuns(tx: Database, even: readonly Placed[]): Promise<void> {
  const last = even.map(({ run }) => run.ranges.at(-1)!)
  const rows = rowsAs('r', last, {
    device_id: ['text', ({ deviceId }) => deviceId],
    lane: ['text', ({ lane }) => lane],
    boot_id: ['int8', ({ boot }) => boot],
    acked_seq: ['int8', ({ lastSeq }) => lastSeq],
  })
  await tx.execute(sql`
    INSERT INTO device_lanes AS known (device_id, lane, boot_id, acked_seq)
    SELECT device_id, lane, boot_id, acked_seq FROM ${rows}
    ON CONFLICT (device_id, lane, boot_id) DO UPDATE SET acked_seq = excluded.acked_seq, updated_at = now()
      WHERE known.acked_seq < excluded.acked_seq`)
}
