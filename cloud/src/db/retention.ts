import { sql } from 'drizzle-orm'
import { UsageError } from '../errors.ts'
import { type Database, selectRows } from './database.ts'
import type { OpenDatabase } from './open.ts'

/** Rows that one statement takes away: some megabytes of log, and locks for well under a second. */
const rowsAtOnce = 10_000

/** Rows of a table that are kept for a time. */
interface Rows {
  table: string
  /** Picks a row by what identifies it; `old` stands for the moment before which rows go. */
  due: string
  /** What happens to it. @default it is deleted */
  change?: string
  /** What is written down of those that are deleted, in the same statement: their `columns`, and what is made of them as `gone`. */
  note?: { columns: string; statement: string }
}

/** What is kept for a time; everything else is kept for ever. */
interface Rule extends Rows {
  /** Days that a row is kept. */
  days: number
  /** What it is, for people. */
  what: string
  /** Where the same thing lies too. */
  also?: Rows
}

/** What goes, and when (docs/guides/partitions.md). Telematics are archived, not deleted: `fairmile-cloud partitions archive`. */
export const retentionRules = {
  raw_chunks: {
    ...{ days: 90, what: 'full-rate readings that were asked for', table: 'raw_chunks' },
    due: 'at < old',
  },
  dead_letters: {
    ...{ days: 180, what: 'what could not be stored', table: 'dead_letters' },
    due: 'received_at < old',
  },
  device_batches: {
    ...{
      days: 400,
      what: 'which batches came, but the newest that was signed of a lane and boot',
      table: 'device_batches',
    },
    // By the key, which has the newest at its end: any other column makes this quadratic in the batches of a boot.
    due: `received_at < old AND (NOT proven OR first_seq < (
      SELECT max(newer.first_seq) FROM device_batches newer
      WHERE newer.device_id = row.device_id AND newer.lane = row.lane AND newer.boot_id = row.boot_id AND newer.proven))`,
    // How far, so that nobody takes them for missing (devices/chains.ts). Of `raw` nothing ever is. A lane that was never acked has no row yet.
    // Nobody's word for a boot and its numbers counts where it was acked alone.
    note: {
      columns: 'device_id, lane, boot_id, last_seq, received_at, proven',
      statement: `INSERT INTO device_lanes AS known (device_id, lane, boot_id, acked_seq, retired_seq, updated_at)
        SELECT device_id, lane, boot_id, 0, max(last_seq), max(received_at) FROM gone
        WHERE lane <> 'raw' AND (proven OR EXISTS (SELECT FROM device_lanes l WHERE l.device_id = gone.device_id
          AND l.lane = gone.lane AND l.boot_id = gone.boot_id AND l.acked_seq >= gone.last_seq))
        GROUP BY device_id, lane, boot_id ORDER BY device_id, lane, boot_id
        ON CONFLICT (device_id, lane, boot_id)
        DO UPDATE SET retired_seq = greatest(known.retired_seq, excluded.retired_seq)`,
    },
  },
  device_commands: {
    ...{ days: 180, what: 'commands that a device has answered', table: 'device_commands' },
    due: 'answered_at < old',
  },
  idempotency_keys: {
    ...{ days: 2, what: 'answers kept for a repeated request', table: 'idempotency_keys' },
    due: 'created_at < old',
  },
  shadow_scores: {
    ...{ days: 400, what: 'scores that priced nothing', table: 'shadow_scores' },
    due: 'calculated_at < old',
  },
  risk_jobs: {
    ...{ days: 400, what: 'jobs that scored many drivers, with whom they failed', table: 'risk_jobs' },
    due: 'ended_at < old',
  },
  bulk_previews: {
    ...{ days: 2, what: 'previews of bulk actions that nobody started', table: 'bulk_runs' },
    due: `previewed_at < old AND state = 'previewed'`,
  },
  bulk_runs: {
    ...{ days: 400, what: 'bulk actions that are done, with what became of each thing', table: 'bulk_runs' },
    due: `previewed_at < old AND state = 'done'`,
  },
  reports: {
    ...{ days: 2555, what: 'reports', table: 'reports' },
    due: 'made_at < old',
  },
  traces: {
    ...{ days: 730, what: 'the seconds around a driving event; the event stays', table: 'driving_events' },
    due: 'start_at < old AND trace IS NOT NULL',
    change: 'trace = NULL',
    also: {
      table: 'driving_event_versions',
      due: `to_timestamp((event ->> 'startAt')::float8 / 1000) < old AND event -> 'trace' <> 'null'`,
      change: `event = event || '{"trace":null}'`,
    },
  },
} as const satisfies Record<string, Rule>

export type RetentionName = keyof typeof retentionRules
/** Days for each rule. */
export type RetentionDays = Record<RetentionName, number>

/** What was taken away. */
export type Retired = Record<RetentionName, number>

const names = Object.keys(retentionRules) as RetentionName[]

/**
 * Reads days other than the defaults, `raw_chunks=30,dead_letters=90`.
 *
 * @throws {UsageError} for a rule that there is none of, or days that are none
 */
export function readRetention(text: string): RetentionDays {
  const days = Object.fromEntries(names.map((name) => [name, retentionRules[name].days])) as RetentionDays
  for (const part of text.split(',').filter((given) => given.trim() !== '')) {
    const [name = '', count = ''] = part.split('=').map((word) => word.trim())
    if (!Object.hasOwn(retentionRules, name) || !/^[1-9]\d{0,4}$/.test(count))
      throw new UsageError(
        `FAIRMILE_RETENTION must be NAME=DAYS, several with commas between, and not "${part}": a name is one of ${names.join(', ')}, days are 1 to 99999`,
      )
    days[name as RetentionName] = Number(count)
  }
  return days
}

/**
 * Takes away what has been kept long enough; every step is a short transaction of its own, so that it may be ended at any time.
 *
 * @param nowMs UTC epoch ms
 */
export async function applyRetention(
  { db }: OpenDatabase,
  nowMs: number,
  { days = readRetention(''), signal }: { days?: RetentionDays; signal?: AbortSignal } = {},
): Promise<Retired> {
  const retired = Object.fromEntries(names.map((name) => [name, 0])) as Retired
  for (const name of names) {
    const old = new Date(nowMs - days[name] * 86_400_000)
    const { also, ...rows }: Rule = retentionRules[name]
    for (const some of also ? [rows, also] : [rows])
      for (let gone = rowsAtOnce; gone === rowsAtOnce; ) {
        signal?.throwIfAborted()
        gone = await retire(db, some, old)
        retired[name] += gone
      }
  }
  return retired
}

async function retire(db: Database, { table, due, change, note }: Rows, old: Date): Promise<number> {
  const rows = await selectRows<{ n: number }>(
    db,
    sql`
      WITH due AS (
        SELECT row.ctid FROM ${sql.raw(table)} AS row, (SELECT ${old.toISOString()}::timestamptz AS old) AS moment
        WHERE ${sql.raw(due)} LIMIT ${rowsAtOnce}
      ), gone AS (
        ${sql.raw(change ? `UPDATE ${table} SET ${change}` : `DELETE FROM ${table}`)}
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM due)) RETURNING ${sql.raw(note?.columns ?? '1')}
      )${sql.raw(note ? `, noted AS (${note.statement})` : '')}
      SELECT count(*)::int AS n FROM gone`,
  )
  return rows[0]?.n ?? 0
}
