import type { ReportTable } from '@fairmile/contract/http/reports.ts'

/** What a spreadsheet takes as the beginning of a formula (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r]/

/** Tables as CSV (RFC 4180), each with its title above and an empty line behind; no text is a formula to a spreadsheet. */
export function reportCsv(tables: readonly ReportTable[]): string {
  const blocks = tables.map(({ title, columns, rows }) =>
    [[title], columns.map((column) => column.title), ...rows].map(line).join(''),
  )
  return blocks.join('\r\n')
}

const line = (cells: readonly (string | number | null)[]): string => `${cells.map(cell).join(',')}\r\n`

/** One cell: unknown is empty; a number stays a number, also a negative one. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
