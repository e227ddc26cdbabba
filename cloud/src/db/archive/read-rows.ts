import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../database.ts'
import { type ArchivedColumn, type ArchivedValue, archivedColumns } from './columns.ts'

/** Rows read at a time, and so of a row group: some tens of megabytes. */
const pageRows = 50_000

/** 64-bit integers come as text, and a moment in epoch milliseconds. */
const selectOf = ({ name, type }: ArchivedColumn): string => {
  if (type === 'INT64') return `${name}::text`
  return type === 'TIMESTAMP' ? `round(extract(epoch FROM ${name}) * 1000)::float8 AS at_ms` : name
}
const columnList = `${archivedColumns.map(selectOf).join(', ')}, at::text AS at_text`
/** Named by table: a bare name would be the column of the answer, and text comes in another order than numbers. */
const key = sql.raw(['device_id', 'boot_id', 'seq', 'at'].map((name) => `month.${name}`).join(', '))

type Row = Record<string, string | number | null>

/**
 * Gives the rows of a month in the order of their key, in pages of columns.
 *
 * @param table a name made of a month (db/partitions.ts), never anything else: it goes into the statement as it is
 */
export async function* readRows(
  db: Database,
  table: string,
): AsyncGenerator<{ columns: ArchivedValue[][]; rows: number }> {
  for (let after: Row | null = null; ; ) {
    const rows: Row[] = await readPage(db, table, after)
    if (rows.length > 0) yield { columns: archivedColumns.map((column) => valuesOf(column, rows)), rows: rows.length }
    if (rows.length < pageRows) return
    after = rows.at(-1) ?? null
  }
}

function readPage(db: Database, table: string, after: Row | null): Promise<Row[]> {
  const from = after
    ? sql`WHERE (${key}) > (${after.device_id}, ${after.boot_id}::bigint, ${after.seq}::bigint, ${after.at_text}::timestamptz)`
    : sql``
  return db.transaction(async (tx) => {
    // The index of the key has them in order; the planner takes it for dearer than to sort the whole month for each page.
    await tx.execute(sql`SET LOCAL enable_sort = off`)
    return selectRows<Row>(
      tx,
      sql`SELECT ${sql.raw(columnList)} FROM ${sql.identifier(table)} AS month ${from} ORDER BY ${key} LIMIT ${pageRows}`,
    )
  })
}

function valuesOf({ name, type }: ArchivedColumn, rows: readonly Row[]): ArchivedValue[] {
  if (type === 'INT64') return rows.map((row) => BigInt(row[name] ?? 0))
  if (type === 'TIMESTAMP') return rows.map((row) => new Date(Number(row.at_ms)))
  return rows.map((row) => row[name] ?? null)
}
