import type { ReportTable } from '@fairmile/contract/http/reports.ts'

/** What a maker of reports gives. */
export interface ReportBody {
  readonly tables: ReportTable[]
  readonly notes: string[]
}

/** Columns of a table: a name for programs, a title for people, and what stands there. */
type Columns<Row> = Readonly<Record<string, readonly [title: string, value: (row: Row) => string | number | null]>>

/** Makes a table of rows. */
export function tableOf<Row>(
  name: string,
  title: string,
  { columns, rows }: { columns: Columns<Row>; rows: readonly Row[] },
): ReportTable {
  const entries = Object.entries(columns)
  return {
    name,
    title,
    columns: entries.map(([column, [heading]]) => ({ name: column, title: heading })),
    rows: rows.map((row) => entries.map(([, [, value]]) => value(row))),
  }
}

/** A share in per cent with one decimal; null of nothing. */
export const percentOf = (part: number, whole: number): number | null =>
  whole > 0 ? Math.round((part / whole) * 1000) / 10 : null

/** So many in each 1,000 km, two decimals; null without kilometres. */
export const perThousandKm = (count: number, km: number): number | null =>
  km > 0 ? Math.round((count / km) * 100_000) / 100 : null
