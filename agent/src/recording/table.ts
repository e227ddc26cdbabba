import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** Longest line of a table: seven numbers of twenty digits, with room. What is longer is no line of ours. */
const maxLineChars = 4096

/** The path of `name` in `folder`, plain or `.gz`, or null where there is neither. */
export const findFile = async (folder: string, name: string): Promise<string | null> => {
  for (const path of [join(folder, name), join(folder, `${name}.gz`)]) {
    try {
      await access(path)
      return path
    } catch {}
  }
  return null
}

/** The bytes of a file, unpacked where its name ends in `.gz`. */
export const readBytes = (path: string): Readable => {
  const file = createReadStream(path)
  if (!path.endsWith('.gz')) return file
  const unzip = createGunzip()
  file.once('error', (error) => unzip.destroy(error))
  return file.pipe(unzip)
}

/** Some rows of a table, `columns` numbers each; NaN where a field is blank. One object, written anew for each. */
export interface Rows {
  numbers: Float64Array
  count: number
}

/**
 * Reads a CSV table with a header, a chunk of rows at a time, the wanted columns in the wanted order.
 *
 * Rows without a time (the first column) are skipped and counted in `skipped`.
 * @throws Error when the header lacks the first column.
 */
export async function* readTable(
  path: string,
  columns: readonly string[],
  skipped: { rows: number },
): AsyncGenerator<Rows> {
  let rest = ''
  let order: number[] | null = null
  const rows: Rows = { numbers: new Float64Array(4096 * columns.length), count: 0 }

  const header = (line: string): number[] => {
    const names = line
      .replace(/^\uFEFF/, '')
      .trim()
      .split(',')
    const found = columns.map((column) => names.indexOf(column))
    if (found[0] === -1) {
      throw new Error(`Reading ${path}: its header "${line.slice(0, 80)}" has no column "${columns[0]}"`)
    }
    return found
  }

  const take = (line: string): void => {
    if (order === null) {
      order = header(line)
      return
    }
    if (line.length === 0 || line === '\r') return
    const fields = line.split(',')
    const at = rows.count * columns.length
    for (let i = 0; i < columns.length; i++) {
      const field = fields[order[i]!]
      rows.numbers[at + i] = field === undefined || field.length === 0 || field === '\r' ? Number.NaN : Number(field)
    }
    if (Number.isNaN(rows.numbers[at]!)) skipped.rows++
    else rows.count++
  }

  for await (const chunk of readBytes(path)) {
    const text = rest + (chunk as Buffer).toString('latin1')
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      take(text.slice(start, end))
      start = end + 1
      if ((rows.count + 1) * columns.length > rows.numbers.length) {
        yield rows
        rows.count = 0
      }
    }
    rest = text.length - start > maxLineChars ? '' : text.slice(start)
    if (rows.count > 0) yield rows
    rows.count = 0
  }
  take(rest)
  if (rows.count > 0) yield rows
}
