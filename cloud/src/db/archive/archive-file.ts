import { createHash } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
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

/** What a file is of. */
export interface ArchivePart {
  /** `YYYY-MM`, UTC. */
  month: string
  part: number
}

export const archiveFileName = ({ month, part }: ArchivePart): string =>
  `telematics_events_${month.replace('-', '_')}${part === 1 ? '' : `.${part}`}.parquet`

/**
 * Writes a table to a Parquet file with a manifest beside it; both are on the disk, and the file was read back, when it returns.
 * A half-written file never bears the name.
 *
 * @throws Error where the file does not say what the table says
 */
export async function writeArchive(
  db: Database,
  table: string,
  of: ArchivePart & { folder: string },
): Promise<ArchiveFile> {
  makeFolder(of.folder)
  const file = join(of.folder, archiveFileName(of))
  const half = `${file}.part`
  const parquet = createParquetFile(half)
  const content = createContent()
  for await (const { columns, rows } of readRows(db, table)) {
    content.add(columns, rows)
    await parquet.write(columns, rows)
  }
  await parquet.end()
  const written = content.end()
  const read = await contentOf(half)
  if (read.rows !== written.rows || read.hash !== written.hash)
    throw new Error(
      `Writing "${file}": read back it has ${read.rows} rows of content ${read.hash}, the table has ${written.rows} of ${written.hash}; ` +
        'nothing was taken from the database',
    )
  toDisk(half)
  renameSync(half, file)
  const archive = {
    ...written,
    ...{ file, fileHash: await hashFile(file), sizeBytes: statSync(file).size, writtenAt: new Date() },
  }
  writeManifest(archive, of)
  toDisk(dirname(file))
  return archive
}

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
