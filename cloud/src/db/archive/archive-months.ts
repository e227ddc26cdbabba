import { and, count, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { UsageError } from '../../errors.ts'
import type { Database } from '../database.ts'
import type { OpenDatabase } from '../open.ts'
import { addMonths, detachedName, detachMonth, listPartitions, monthOf, type Partition } from '../partitions.ts'
import { telematicsArchives } from '../schema/archives.ts'
import { trips } from '../schema/trips.ts'
import { type ArchiveFile, archiveFileName, contentOf, isWhole, writeArchive } from './archive-file.ts'

/** What became of a month. */
export interface ArchivedMonth {
  month: string
  state: 'archived' | 'refused' | 'would be archived'
  file: string | null
  /** Of the file; the planner's estimate where nothing was written. */
  rows: number
  /** Why it was refused. */
  reason: string | null
}

export interface ArchiveOptions {
  /** Months that end by then are archived: `YYYY-MM-DD`, UTC. */
  before: string
  /** Where the files go; made where it is missing. */
  folder: string
  /** UTC epoch ms. */
  nowMs: number
  /** Says what would be done and does nothing. @default false */
  dryRun?: boolean
}

/**
 * Writes each month of `telematics_events` before a day to a Parquet file and takes it out of the database, the oldest first.
 *
 * A month goes in steps of which each may be the last: the file is written and read back, the month is detached, what it holds is
 * compared with the file once more (rows may have come in between), and only then it is dropped. Called again it goes on from there.
 * @throws {UsageError} for a day that is none, or is not over
 */
export async function archiveMonths(database: OpenDatabase, options: ArchiveOptions): Promise<ArchivedMonth[]> {
  const { before, nowMs } = options
  const end = Date.parse(`${before}T00:00:00Z`)
  if (!/^\d{4}-\d\d-\d\d$/.test(before) || Number.isNaN(end) || new Date(end).toISOString().slice(0, 10) !== before)
    throw new UsageError(`Archiving months before "${before}": that is no day like 2026-01-01`)
  if (monthOf(end) > monthOf(nowMs))
    throw new UsageError(`Archiving months before ${before}: ${monthOf(nowMs)} is not over, nor is what follows`)
  const results: ArchivedMonth[] = []
  for (const partition of await listPartitions(database.db))
    if (addMonths(partition.month, 1) <= monthOf(end)) results.push(await archiveOne(database, partition, options))
  return results
}

async function archiveOne(
  database: OpenDatabase,
  partition: Partition,
  { folder, dryRun = false }: ArchiveOptions,
): Promise<ArchivedMonth> {
  const { db } = database
  const { month, rows } = partition
  // What is detached already was let go before.
  const open = partition.state === 'attached' ? await openTripsBefore(db, addMonths(month, 1)) : 0
  const refused = { month, state: 'refused', file: null, rows } as const
  if (open > 0) return { ...refused, reason: `${open} trips that began in it or before are still open` }
  const part = { month, part: (await droppedParts(db, month)) + 1, folder }
  if (dryRun) return { month, state: 'would be archived', file: archiveFileName(part), rows, reason: null }

  await ensureArchive(db, partition.name, part)
  if (partition.name !== detachedName(month)) await detachMonth(database, partition)
  const archive = await ensureArchive(db, detachedName(month), part)
  await database.scripted(async ({ script }) => {
    await script(`DROP TABLE ${detachedName(month)};
      UPDATE telematics_archives SET dropped_at = now() WHERE month = '${month}' AND part = ${part.part}`)
  })
  return { month, state: 'archived', file: archive.file, rows: archive.rows, reason: null }
}

/** Makes sure of a file that says what the table says: the one that is on record, or a new one. */
async function ensureArchive(
  db: Database,
  table: string,
  of: { month: string; part: number; folder: string },
): Promise<ArchiveFile> {
  const { month, part, contentHash, writtenAt, ...columns } = telematicsArchives
  const [known] = await db
    .select()
    .from(telematicsArchives)
    .where(and(eq(month, of.month), eq(part, of.part)))
  if (known && (await isWhole(known))) {
    const now = await contentOf(db, table)
    if (now.rows === known.rows && now.hash === known.contentHash) return { ...known, hash: known.contentHash }
  }
  const { hash, ...archive } = await writeArchive(db, table, of)
  const row = { ...archive, contentHash: hash }
  await db
    .insert(telematicsArchives)
    .values({ month: of.month, part: of.part, ...row })
    .onConflictDoUpdate({ target: [month, part], set: row, setWhere: isNull(columns.droppedAt) })
  return { ...archive, hash }
}

async function droppedParts(db: Database, month: string): Promise<number> {
  const [row] = await db
    .select({ parts: count() })
    .from(telematicsArchives)
    .where(and(eq(telematicsArchives.month, month), isNotNull(telematicsArchives.droppedAt)))
  return row?.parts ?? 0
}

/** Trips that began before the end of a month and have not ended: their seconds may still be counted. */
async function openTripsBefore(db: Database, monthAfter: string): Promise<number> {
  const end = sql`${`${monthAfter}-01T00:00:00Z`}::timestamptz`
  const [row] = await db
    .select({ open: count() })
    .from(trips)
    .where(and(isNull(trips.endAt), lt(trips.startAt, end)))
  return row?.open ?? 0
}
