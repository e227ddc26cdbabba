import type { ReportTable } from '@fairmile/contract/http/reports.ts'

/** What a spreadsheet takes as the beginning of a formula (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r]/

const head = ['table', 'row', 'column', 'value'] as const

/**
 * Tables as one CSV (RFC 4180) in the long format: a line for each cell with the name of its table, its row from 1, the name of its column and what stands there.
 *
 * Tables of several shapes are one table so, which programs and spreadsheets (by a pivot) take as it is. No text is a formula to a spreadsheet.
 */
export function reportCsv(tables: readonly ReportTable[]): string {
  const cells = tables.flatMap(({ name, columns, rows }) =>
    rows.flatMap((row, n) => columns.map((column, at) => [name, n + 1, column.name, row[at] ?? null])),
  )
  return [head, ...cells].map(line).join('')
}

const line = (cells: readonly (string | number | null)[]): string => `${cells.map(cell).join(',')}\r\n`

/** One cell: unknown is empty; a number stays a number, also a negative one. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
