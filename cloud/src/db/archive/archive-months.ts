import { and, count, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { UsageError } from '../../errors.ts'
import { dropDigests } from '../../trips/digests.ts'
import { type Database, selectRows } from '../database.ts'
import type { OpenDatabase } from '../open.ts'
import {
  addMonths,
  detachedName,
  detachMonth,
  listPartitions,
  monthOf,
  type Partition,
  settleMonth,
} from '../partitions.ts'
import { telematicsArchives } from '../schema/archives.ts'
import { archiveAlone } from './archive-alone.ts'
import {
  type ArchiveFile,
  type ArchivePart,
  archiveFileName,
  FileInTheWayError,
  isWhole,
  sumsOfFile,
  writeArchive,
} from './archive-file.ts'
import { type Sums, sumsOfTable } from './sums.ts'

type Folder = ArchivePart & { folder: string }

/** What became of a month. */
export interface ArchivedMonth {
  month: string
  state: 'archived' | 'refused' | 'would be archived'
  file: string | null
  /** Of the file; the planner's estimate where nothing was written. */
  rows: number
  /** Why it was refused, and what to do. */
  reason: string | null
  /** What was passed over. */
  warning: string | null
}

/** Days that an open trip keeps its month: one that did not end by then never will, or was dated wrongly. */
const openTripDays = 30
/** Trips that are named in a message. */
const maxNamed = 10

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
 * @throws {ArchiveRunningError} where another run archives months of this database
 */
export async function archiveMonths(database: OpenDatabase, options: ArchiveOptions): Promise<ArchivedMonth[]> {
  const { before, nowMs } = options
  const end = Date.parse(`${before}T00:00:00Z`)
  if (!/^\d{4}-\d\d-\d\d$/.test(before) || Number.isNaN(end) || new Date(end).toISOString().slice(0, 10) !== before)
    throw new UsageError(`Archiving months before "${before}": that is no day like 2026-01-01`)
  if (monthOf(end) > monthOf(nowMs))
    throw new UsageError(`Archiving months before ${before}: ${monthOf(nowMs)} is not over, nor is what follows`)
  const due = async () => (await listPartitions(database.db)).filter(({ month }) => addMonths(month, 1) <= monthOf(end))
  const archiveEach = async (stillAlone: () => Promise<void>): Promise<ArchivedMonth[]> => {
    const results: ArchivedMonth[] = []
    for (const partition of await due()) results.push(await archiveOne(database, partition, { ...options, stillAlone }))
    return results
  }
  if (options.dryRun) return archiveEach(async () => {})
  return archiveAlone(database, async (stillAlone) => {
    for (const { name, month, state } of await due())
      if (state !== 'attached' && name !== detachedName(month)) await settleMonth(database, month)
    return archiveEach(stillAlone)
  })
}

async function archiveOne(
  database: OpenDatabase,
  partition: Partition,
  { folder, nowMs, dryRun = false, stillAlone }: ArchiveOptions & { stillAlone: () => Promise<void> },
): Promise<ArchivedMonth> {
  const { db } = database
  const { month, rows } = partition
  // What is detached already was let go before.
  const { reason, warning } =
    partition.state === 'attached'
      ? await openTripsBefore(db, addMonths(month, 1), nowMs)
      : { reason: null, warning: null }
  if (reason !== null) return { month, state: 'refused', file: null, rows, reason, warning }
  const part = { month, part: (await droppedParts(db, month)) + 1, folder }
  if (dryRun) return { month, state: 'would be archived', file: archiveFileName(part), rows, reason, warning }

  let archive: ArchiveFile
  try {
    archive = await ensureArchive(database, partition.name, part)
  } catch (error) {
    if (!(error instanceof FileInTheWayError)) throw error
    return { month, state: 'refused', file: null, rows, reason: error.message, warning }
  }
  // First: what is made of seconds does not outlive them. From the file's record on none is made anew.
  await dropDigests(db, month)
  await stillAlone()
  if (partition.state === 'attached') await detachMonth(database, month)
  if (!(await dropWhatIsIn(database, archive, part))) {
    // Rows came after it was written, and before the month was detached.
    await stillAlone()
    archive = await writeOnRecord(db, detachedName(month), { ...part, replaces: archive.fileHash })
    if (!(await dropWhatIsIn(database, archive, part)))
      throw new Error(
        `Archiving ${month}: "${archive.file}" does not have the rows of ${detachedName(month)}, though it was just written; nothing was dropped`,
      )
  }
  return { month, state: 'archived', file: archive.file, rows: archive.rows, reason, warning }
}

/** Makes sure of a file that says what the table says: the one that is on record, or a new one. */
async function ensureArchive(database: OpenDatabase, table: string, of: Folder): Promise<ArchiveFile> {
  const { month, part } = telematicsArchives
  const [known] = await database.db
    .select()
    .from(telematicsArchives)
    .where(and(eq(month, of.month), eq(part, of.part)))
  if (known && (await isWhole(known))) {
    const inFile = await sumsOfFile(known.file)
    const inTable = await database.scripted(({ rows }) => sumsOfTable(rows, table))
    if (isAllOf(inTable, inFile)) return { ...known, hash: known.contentHash }
  }
  return writeOnRecord(database.db, table, { ...of, replaces: known?.fileHash })
}

async function writeOnRecord(
  db: Database,
  table: string,
  of: Folder & { replaces: string | undefined },
): Promise<ArchiveFile> {
  const { month, part, droppedAt } = telematicsArchives
  return writeArchive(db, table, {
    ...of,
    async record({ hash: contentHash, ...archive }) {
      const row = { ...archive, contentHash }
      await db
        .insert(telematicsArchives)
        .values({ month: of.month, part: of.part, ...row })
        .onConflictDoUpdate({ target: [month, part], set: row, setWhere: isNull(droppedAt) })
    },
  })
}

/** Drops the detached table of a month if the file has all its rows, as the database itself adds them up; says whether it did. */
async function dropWhatIsIn(database: OpenDatabase, { file }: ArchiveFile, { month, part }: ArchivePart) {
  const table = detachedName(month)
  const inFile = await sumsOfFile(file)
  return database.scripted(async ({ script, rows }) => {
    // Nobody writes to it meanwhile; who lists the months and their sizes does not wait while it is added up.
    await script(`LOCK TABLE ${table} IN SHARE MODE`)
    if (!isAllOf(await sumsOfTable(rows, table), inFile)) return false
    await script(`DROP TABLE ${table};
      UPDATE telematics_archives SET dropped_at = now() WHERE month = '${month}' AND part = ${part}`)
    return true
  })
}

const isAllOf = (table: Sums, file: Sums & { keys: number }): boolean =>
  file.rows === table.rows && file.keys === table.rows && file.sum === table.sum

async function droppedParts(db: Database, month: string): Promise<number> {
  const [row] = await db
    .select({ parts: count() })
    .from(telematicsArchives)
    .where(and(eq(telematicsArchives.month, month), isNotNull(telematicsArchives.droppedAt)))
  return row?.parts ?? 0
}

/** Trips that began before the end of a month and have not ended: their seconds may still be counted, unless they are too old for that. */
async function openTripsBefore(
  db: Database,
  monthAfter: string,
  nowMs: number,
): Promise<Pick<ArchivedMonth, 'reason' | 'warning'>> {
  const since = new Date(nowMs - openTripDays * 24 * 3600 * 1000).toISOString()
  const groups = await selectRows<{ old: boolean; open: number; ids: string[] }>(
    db,
    sql`SELECT start_at < ${since}::timestamptz AS old, count(*)::int AS open, (array_agg(id ORDER BY start_at, id))[1:${sql.raw(String(maxNamed))}] AS ids
      FROM trips WHERE end_at IS NULL AND start_at < ${`${monthAfter}-01T00:00:00Z`}::timestamptz GROUP BY 1`,
  )
  const named = (old: boolean): string | null => {
    const group = groups.find((one) => one.old === old)
    if (!group) return null
    const more = group.open > group.ids.length ? ' …' : ''
    return `${group.open} trips that began in it or before are still open (${group.ids.join(', ')}${more})`
  }
  const [young, old] = [named(false), named(true)]
  return {
    reason:
      young &&
      `${young}: archive again when their devices have sent the ends, or ${openTripDays} days after they began, when they are waited for no longer`,
    warning:
      old &&
      `${old}, since more than ${openTripDays} days: they are passed over, and an end that comes later is not counted anew`,
  }
}
