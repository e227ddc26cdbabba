import type { ExportFormat } from '@fairmile/contract/http/exports.ts'
import { csvLines } from './csv.ts'
import { geoJsonPieces } from './geojson.ts'
import { gpxLines } from './gpx.ts'
import { parquetPieces } from './parquet.ts'
import type { ReadPage } from './read-page.ts'
import { drivesOf, othersOf, type Subject, tableOf } from './sources.ts'

/** Bytes that are given away at once, of a format that is text. */
const pieceCharacters = 64 * 1024

/** Media types of the formats. */
export const mediaTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  geojson: 'application/geo+json',
  gpx: 'application/gpx+xml',
  parquet: 'application/vnd.apache.parquet',
} as const satisfies Record<ExportFormat, string>

/** A file that is made as it is taken. */
export interface ExportFile {
  /** Letters, digits, `-`, `_` and `.` alone. */
  readonly name: string
  readonly mediaType: string
  readonly pieces: AsyncGenerator<Uint8Array>
}

/**
 * Makes the file of an export: nothing is read before its first piece is taken, and nothing more than a page and a piece is held.
 *
 * @throws {RangeError} where the format has no place for the subject
 */
export function exportFile(
  read: ReadPage,
  { subject, format }: { subject: Subject; format: ExportFormat },
): ExportFile {
  const name = nameOf(subject)
  return { name: `${name}.${format}`, mediaType: mediaTypes[format], pieces: piecesOf(read, { subject, format, name }) }
}

function piecesOf(
  read: ReadPage,
  { subject, format, name }: { subject: Subject; format: ExportFormat; name: string },
): AsyncGenerator<Uint8Array> {
  if (format === 'csv' || format === 'parquet') {
    const { columns, rows } = tableOf(read, subject)
    return format === 'csv' ? encoded(marked(csvLines(columns, rows))) : parquetPieces(columns, rows)
  }
  if (subject.of === 'portfolio') throw new RangeError(`Exporting all drivers as ${format}: it has positions alone`)
  const drives = drivesOf(read, subject)
  if (format === 'gpx') return encoded(gpxLines(name, drives))
  return encoded(geoJsonPieces(name, drives, othersOf(read, subject)))
}

function nameOf(subject: Subject): string {
  const parts = subject.of === 'trip' ? [subject.tripId] : [subject.of === 'driver' ? subject.driverId : subject.set]
  if (subject.of !== 'trip')
    for (const ms of [subject.fromMs, subject.toMs]) parts.push(new Date(ms).toISOString().slice(0, 10))
  return ['fairmile', ...parts].join('-').replaceAll(/[^\w.-]/g, '_')
}

/** A byte order mark before the text: without one a spreadsheet takes UTF-8 for its own code page. */
async function* marked(lines: AsyncIterable<string>): AsyncGenerator<string> {
  yield '\uFEFF'
  yield* lines
}

/** Joins lines to pieces, so that not each is a write of its own. */
async function* encoded(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let piece = ''
  for await (const line of lines) {
    piece += line
    if (piece.length < pieceCharacters) continue
    yield Buffer.from(piece)
    piece = ''
  }
  if (piece !== '') yield Buffer.from(piece)
}
