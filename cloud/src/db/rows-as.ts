import { type SQL, sql } from 'drizzle-orm'

/** A column of rows: its type in the database, and what each row has there. */
type Column<Row> = readonly [type: string, value: (row: Row) => string | number | null]

/**
 * Rows as a table of a query, `unnest($1::text[], …) AS name (columns)`: as few values as it has columns, however many rows.
 *
 * @param name of the table; like names and types of the columns never from outside
 * @param options.ordinality name of a column that counts the rows from 1. @default none
 */
export function rowsAs<Row>(
  name: string,
  rows: readonly Row[],
  columns: Readonly<Record<string, Column<Row>>>,
  { ordinality }: { ordinality?: string } = {},
): SQL {
  const arrays = Object.values(columns).map(([type, value]) => sql`${sql.param(rows.map(value))}::${sql.raw(type)}[]`)
  const names = [...Object.keys(columns), ...(ordinality === undefined ? [] : [ordinality])]
  const numbered = sql.raw(ordinality === undefined ? '' : 'WITH ORDINALITY')
  return sql`unnest(${sql.join(arrays, sql`, `)}) ${numbered} AS ${sql.raw(`${name} (${names.join(', ')})`)}`
}
