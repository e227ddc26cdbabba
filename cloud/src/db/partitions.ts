import { sql } from 'drizzle-orm'
import { type Database, selectRows } from './database.ts'
import type { OpenDatabase } from './open.ts'

/** No GNSS record is older; anything before is a clock that was never set. */
const firstMs = Date.UTC(2000)
/** A device's clock may run ahead a little; more is a broken one. Months up to here are also made ahead. */
const monthsAhead = 2

const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/
/** The months that are made: no record is older, and a clock that is past them is broken. */
const madePattern = /^20\d\d-/
const namePattern = /^telematics_(?:events|detached)_(\d{4})_(\d{2})$/

/** A month of `telematics_events`. */
export interface Partition {
  name: string
  /** `YYYY-MM`, UTC. */
  month: string
  /** From its first moment to that of the next month, UTC. */
  from: string
  to: string
  /** The planner's estimate of its rows. */
  rows: number
  sizeBytes: number
  /** An archive that was interrupted leaves a month half way out (`detaching`) or out and not yet dropped (`detached`). */
  state: 'attached' | 'detaching' | 'detached'
}

/** `YYYY-MM` of a UTC epoch in milliseconds. */
export const monthOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 7)

/** The moments that have a place in the table seen from `nowMs`, UTC epoch ms: from the first up to, not including, the second. */
export function plausibleTimes(nowMs: number): [fromMs: number, untilMs: number] {
  const now = new Date(nowMs)
  return [firstMs, Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + monthsAhead + 1)]
}

/** This month and those that follow, `YYYY-MM`. @param count of them all @default what records of now and of a clock ahead need */
export const monthsFrom = (nowMs: number, count = monthsAhead + 1): string[] =>
  Array.from({ length: count }, (_, ahead) => addMonths(monthOf(nowMs), ahead))

/**
 * Makes sure that there is a partition for each month; does nothing where there is. A month that an interrupted archive left
 * half way out makes room first: what it holds stays, for the archive to go on with. Readers and writers of rows go on meanwhile.
 *
 * @throws {RangeError} for what is no month of 2000-01 to 2099-12
 */
export async function ensurePartitions(database: OpenDatabase, months: Iterable<string>): Promise<void> {
  const wanted = new Set(months)
  for (const month of wanted) {
    assertMonth(month)
    if (!madePattern.test(month))
      throw new RangeError(`Making a partition of telematics_events: ${month} is not from 2000-01 to 2099-12`)
  }
  const made = await attachedNames(database.db)
  for (const month of wanted) if (made.has(partitionName(month))) wanted.delete(month)
  if (wanted.size === 0) return
  const statements = Array.from(wanted, (month) => `${makeRoom(month)} ${makeMonth(month)}`)
  await database.scripted(({ script }) => script([inTurn, ...statements].join('\n')))
}

/** Tables that are months of `telematics_events` now. Nothing of them is looked at, so that none is waited for that an archive has locked. */
async function attachedNames(db: Database): Promise<Set<string>> {
  const rows = await selectRows<{ name: string }>(
    db,
    sql`
      SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'telematics_events'::regclass AND NOT i.inhdetachpending`,
  )
  return new Set(rows.map(({ name }) => name))
}

/** A month is made apart and joined then: to make it in its place would lock out all readers and writers, and wait for them. */
const makeMonth = (month: string): string => `
  DO $$ BEGIN
    IF to_regclass('${partitionName(month)}') IS NULL THEN
      CREATE TABLE ${partitionName(month)} (LIKE telematics_events INCLUDING ALL);
      ALTER TABLE telematics_events ATTACH PARTITION ${partitionName(month)}
        FOR VALUES FROM ('${month}-01 00:00:00+00') TO ('${addMonths(month, 1)}-01 00:00:00+00');
    END IF;
  END $$;`

/**
 * Ends a detachment that was interrupted, and gives a detached table the name that says so. Where a table has that name already, as
 * two archives at once left them, its rows join those; nothing is done where a key would have two values.
 */
const makeRoom = (month: string): string => `
  DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass('${partitionName(month)}') AND inhdetachpending) THEN
      ALTER TABLE telematics_events DETACH PARTITION ${partitionName(month)} FINALIZE;
    END IF;
    IF EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('${partitionName(month)}') AND NOT relispartition) THEN
      IF to_regclass('${detachedName(month)}') IS NULL THEN
        ALTER TABLE ${partitionName(month)} RENAME TO ${detachedName(month)};
      ELSE
        INSERT INTO ${detachedName(month)} SELECT * FROM ${partitionName(month)} EXCEPT SELECT * FROM ${detachedName(month)};
        DROP TABLE ${partitionName(month)};
      END IF;
    END IF;
  EXCEPTION WHEN unique_violation THEN
    RAISE EXCEPTION 'The tables ${partitionName(month)} and ${detachedName(month)}, which are not in telematics_events any more, differ in rows of the same key: delete from one of them what is wrong, and try again (%)', SQLERRM;
  END $$;`

/** One after the other: whoever makes months or takes them out. Readers and writers of rows go on, and so does VACUUM of each month. */
const inTurn = 'LOCK TABLE ONLY telematics_events IN SHARE UPDATE EXCLUSIVE MODE;'

/** Ends what an archive that was interrupted left of a month: what is out of `telematics_events` is in its detached table then. */
export const settleMonth = (database: OpenDatabase, month: string): Promise<void> =>
  database.scripted(({ script }) => script(`${inTurn} ${makeRoom(month)}`))

/** The name of a month that was taken out and is to be dropped. */
export const detachedName = (month: string): string => partitionName(month).replace('_events_', '_detached_')

/**
 * Takes a month out of `telematics_events`; its table stays, under its detached name. On a server nobody waits for it who reads or
 * writes other months; the embedded database has but one session.
 */
export async function detachMonth(database: OpenDatabase, month: string): Promise<void> {
  const concurrently = database.kind === 'postgres' ? ' CONCURRENTLY' : ''
  await database.alone(`ALTER TABLE telematics_events DETACH PARTITION ${partitionName(month)}${concurrently}`)
  await settleMonth(database, month)
}

/** Lists the months that there are, the oldest first; of one month what is detached comes first. */
export async function listPartitions(db: Database): Promise<Partition[]> {
  const rows = await selectRows<{ name: string; rows: number; bytes: number; attached: boolean; pending: boolean }>(
    db,
    sql`SELECT c.relname AS name, greatest(c.reltuples, 0)::float8 AS rows,
          pg_total_relation_size(c.oid)::float8 AS bytes,
          c.relispartition AS attached, coalesce(i.inhdetachpending, false) AS pending
        FROM pg_class c LEFT JOIN pg_inherits i ON c.oid = i.inhrelid
        WHERE c.relkind = 'r' AND c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'telematics_events'::regclass)
        ORDER BY c.relname`,
  )
  return rows
    .flatMap(({ name, rows, bytes, attached, pending }): Partition[] => {
      const [, year, index] = namePattern.exec(name) ?? []
      if (year === undefined) return []
      const month = `${year}-${index}`
      const state = pending ? 'detaching' : attached ? 'attached' : 'detached'
      return [{ name, month, from: `${month}-01`, to: `${addMonths(month, 1)}-01`, rows, sizeBytes: bytes, state }]
    })
    .sort((a, b) => (a.month === b.month ? (a.state === 'detached' ? -1 : 1) : a.month < b.month ? -1 : 1))
}

function assertMonth(month: string): void {
  if (!monthPattern.test(month))
    throw new RangeError(`Making a partition of telematics_events: "${month}" is no month like 2026-11`)
}

function partitionName(month: string): string {
  assertMonth(month)
  return `telematics_events_${month.replace('-', '_')}`
}

/** The month so many after another. */
export function addMonths(month: string, count: number): string {
  const [year = 0, index = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, index - 1 + count, 1)).toISOString().slice(0, 7)
}
