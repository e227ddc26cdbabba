import { type Column, momentText, type Row, type Value } from './columns.ts'

/** What a spreadsheet would take for a formula, or drop before looking for one. */
const formula = /^[=+\-@\t\r\n]/
const special = /[",\r\n]/

/** Writes rows as CSV (RFC 4180) with a head, UTF-8: unknown is empty, an empty text is `""`. */
export async function* csvLines(columns: readonly Column[], rows: AsyncIterable<Row>): AsyncGenerator<string> {
  yield `${columns.map(({ name }) => quoted(name)).join(',')}\r\n`
  for await (const row of rows)
    yield `${columns.map((column) => field(column, row[column.name] ?? null)).join(',')}\r\n`
}

function field({ type }: Column, value: Value): string {
  if (value === null) return ''
  if (type === 'time') return momentText(Number(value))
  return typeof value === 'string' ? quoted(defused(value)) : String(value)
}

/** A text that a spreadsheet would run is one with an apostrophe before it. */
const defused = (text: string): string => (formula.test(text) ? `'${text}` : text)

const quoted = (text: string): string => (text === '' || special.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
