import { createHash, randomUUID } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UsageError } from '../../errors.ts'
import { makeFolder } from '../../make-folder.ts'
import type { Database } from '../database.ts'
import { archivedColumns } from './columns.ts'
import { type Content, createContent } from './content.ts'
import { createParquetFile, readParquet } from './parquet.ts'
import { readRows } from './read-rows.ts'
import { createSums, type Sums } from './sums.ts'

/** A file that holds what a table held when it was written, read back and found the same. */
export interface ArchiveFile extends Content {
  file: string
  /** SHA-256 of the file, hex. */
  fileHash: string
  sizeBytes: number
  writtenAt: Date
}

/** A half file that nobody has written to for so long is of a run that was killed, ms. */
const leftMs = 86_400_000

/** What a file is of. */
export interface ArchivePart {
  /** `YYYY-MM`, UTC. */
  month: string
  part: number
}

export const archiveFileName = ({ month, part }: ArchivePart): string =>
  `telematics_events_${month.replace('-', '_')}${part === 1 ? '' : `.${part}`}.parquet`

/** A file has the name of one that is to be written, and says something else. */
export class FileInTheWayError extends UsageError {}

const inTheWay = (file: string): FileInTheWayError =>
  new FileInTheWayError(
    `"${file}" is there already and says something else, such as the month of another database: give another folder (--out), ` +
      'or move the file and its .json to where they are kept; nothing was taken from the database',
  )

/**
 * Writes a table to a Parquet file with a manifest beside it; both are on the disk, and the file was read back, when it returns.
 * A half-written file never bears the name, and no file is replaced but one that says the same, or that has the hash `replaces`.
 *
 * @param of.record puts what is written on record, before it bears the name: a run that is killed in between leaves no file that nobody knows
 * @throws {FileInTheWayError} where any other file has the name
 * @throws Error where the file does not say what the table says
 */
export async function writeArchive(
  db: Database,
  table: string,
  of: ArchivePart & {
    folder: string
    replaces?: string | undefined
    record: (archive: ArchiveFile) => Promise<void>
  },
): Promise<ArchiveFile> {
  makeFolder(of.folder)
  const file = join(of.folder, archiveFileName(of))
  // Of this run alone: another database may write to the same folder.
  const half = `${file}.${randomUUID()}.part`
  removeLeft(file)
  try {
    const written = await writeRows(db, table, half)
    if (existsSync(file) && !(await mayGo(file, written, of.replaces))) throw inTheWay(file)
    const archive = {
      ...written,
      ...{ file, fileHash: await hashFile(half), sizeBytes: statSync(half).size, writtenAt: new Date() },
    }
    rmSync(file, { force: true })
    toDisk(dirname(file))
    await of.record(archive)
    // Another database may have taken the name meanwhile.
    if (existsSync(file)) throw inTheWay(file)
    writeManifest(archive, of)
    renameSync(half, file)
    toDisk(dirname(file))
    return archive
  } finally {
    rmSync(half, { force: true })
  }
}

/** Removes what runs that were killed left of a file: half of it, and nobody has written to it for a day. */
function removeLeft(file: string): void {
  const folder = dirname(file)
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(file)}.`) || !name.endsWith('.part')) continue
    const left = join(folder, name)
    const { mtimeMs = Date.now() } = statSync(left, { throwIfNoEntry: false }) ?? {}
    if (Date.now() - mtimeMs > leftMs) rmSync(left, { force: true })
  }
}

async function writeRows(db: Database, table: string, file: string): Promise<Content> {
  const parquet = createParquetFile(file)
  const content = createContent()
  for await (const { columns, rows } of readRows(db, table)) {
    content.add(columns, rows)
    await parquet.write(columns, rows)
  }
  await parquet.end()
  const written = content.end()
  const read = await contentOf(file)
  if (!isSame(read, written))
    throw new Error(
      `Writing "${file}": read back it has ${read.rows} rows of content ${read.hash}, the table has ${written.rows} of ${written.hash}; ` +
        'nothing was taken from the database',
    )
  toDisk(file)
  return written
}

async function mayGo(file: string, written: Content, replaces: string | undefined): Promise<boolean> {
  if ((await hashFile(file)) === replaces) return true
  // What cannot be read says something else.
  return contentOf(file).then(
    (content) => isSame(content, written),
    () => false,
  )
}

const isSame = (a: Content, b: Content): boolean => a.rows === b.rows && a.hash === b.hash

/** True where the file is there and has not changed since it was written. */
export async function isWhole({ file, fileHash }: Pick<ArchiveFile, 'file' | 'fileHash'>): Promise<boolean> {
  return existsSync(file) && (await hashFile(file)) === fileHash
}

/** What a file says. */
export async function contentOf(file: string): Promise<Content> {
  const content = createContent()
  for await (const { columns, rows } of readParquet(file)) content.add(columns, rows)
  return content.end()
}

/** Rows, keys and sum of a file, to be held against those of a table. */
export async function sumsOfFile(file: string): Promise<Sums & { keys: number }> {
  const sums = createSums()
  for await (const { columns, rows } of readParquet(file)) sums.add(columns, rows)
  return sums.end()
}

function writeManifest({ file, fileHash, hash, rows, sizeBytes, writtenAt }: ArchiveFile, of: ArchivePart): void {
  const manifest = {
    ...{ table: 'telematics_events', month: of.month, part: of.part, file: basename(file), rows, sizeBytes },
    ...{ fileSha256: fileHash, contentSha256: hash, writtenAt: writtenAt.toISOString() },
    columns: archivedColumns.map(({ name }) => name),
  }
  const path = `${file}.json`
  writeFileSync(`${path}.part`, `${JSON.stringify(manifest, null, 2)}\n`)
  toDisk(`${path}.part`)
  renameSync(`${path}.part`, path)
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

function toDisk(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
