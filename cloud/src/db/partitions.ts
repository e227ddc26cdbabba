import { sql } from 'drizzle-orm'
import { type Database, selectRows } from './database.ts'
import type { OpenDatabase } from './open.ts'

/** Any number, the same in every process: creators of partitions wait for each other. */
const advisoryLock = 7_301_047
/** No GNSS record is older; anything before is a clock that was never set. */
const firstMs = Date.UTC(2000)
/** A device's clock may run ahead a little; more is a broken one. Months up to here are also made ahead. */
const monthsAhead = 2

const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/
const namePattern = /^telematics_events_(\d{4})_(\d{2})$/

/** A month of `telematics_events`. */
export interface Partition {
  name: string
  /** `YYYY-MM`, UTC. */
  month: string
  /** The planner's estimate of its rows. */
  rows: number
  sizeBytes: number
}

/** `YYYY-MM` of a UTC epoch in milliseconds. */
export const monthOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 7)

/** The moments that have a place in the table seen from `nowMs`, UTC epoch ms: from the first up to, not including, the second. */
export function plausibleTimes(nowMs: number): [fromMs: number, untilMs: number] {
  const now = new Date(nowMs)
  return [firstMs, Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + monthsAhead + 1)]
}

/** Months that records of now and of the next two months need, `YYYY-MM`. */
export const monthsFrom = (nowMs: number): string[] =>
  Array.from({ length: monthsAhead + 1 }, (_, ahead) => addMonths(monthOf(nowMs), ahead))

/**
 * Makes sure that there is a partition for each month; does nothing where there is.
 *
 * @throws {RangeError} for what is no month
 */
export function ensurePartitions(database: OpenDatabase, months: Iterable<string>): Promise<void> {
  const statements = Array.from(new Set(months), (month) => {
    const name = partitionName(month)
    return `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF telematics_events
      FOR VALUES FROM ('${month}-01 00:00:00+00') TO ('${addMonths(month, 1)}-01 00:00:00+00');`
  })
  return database.scripted(async ({ script }) => {
    if (database.kind === 'postgres') await script(`SELECT pg_advisory_xact_lock(${advisoryLock})`)
    await script(statements.join('\n'))
  })
}

/** Lists the months that are attached, the oldest first. */
export async function listPartitions(db: Database): Promise<Partition[]> {
  const rows = await selectRows<{ name: string; rows: number; bytes: number }>(
    db,
    sql`SELECT c.relname AS name, greatest(c.reltuples, 0)::float8 AS rows,
          pg_total_relation_size(c.oid)::float8 AS bytes
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'telematics_events'::regclass ORDER BY c.relname`,
  )
  return rows.map(({ name, rows, bytes }) => {
    const [, year, month] = namePattern.exec(name) ?? []
    return { name, month: `${year}-${month}`, rows, sizeBytes: bytes }
  })
}

function partitionName(month: string): string {
  if (!monthPattern.test(month))
    throw new RangeError(`Making a partition of telematics_events: "${month}" is no month like 2026-11`)
  return `telematics_events_${month.replace('-', '_')}`
}

function addMonths(month: string, count: number): string {
  const [year = 0, index = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, index - 1 + count, 1)).toISOString().slice(0, 7)
}
