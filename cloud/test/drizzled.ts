import { readdirSync } from 'node:fs'
import { getTableName, is, SQL, sql } from 'drizzle-orm'
import { getTableConfig, type IndexedColumn, type PgColumn, PgDialect, PgTable } from 'drizzle-orm/pg-core'
import type { ScriptSession } from '../src/db/open.ts'

/** Schema of PostgreSQL in which the tables of `src/db/schema` are made a second time. */
const copies = 'drizzled'

/** Every table that a file of `src/db/schema` exports. */
export async function readTables(): Promise<PgTable[]> {
  const folder = new URL('../src/db/schema/', import.meta.url)
  const files = readdirSync(folder).map(
    (name) => import(new URL(name, folder).href) as Promise<Record<string, unknown>>,
  )
  return (await Promise.all(files)).flatMap((file) => Object.values(file)).filter((value) => is(value, PgTable))
}

/** What the catalogue says of a schema's tables, a line each thing, by kind. */
interface Described {
  tables: string[]
  /** Type, whether it may be null, default, identity, expression. */
  columns: string[]
  /** With those of keys: columns, order, method, options and predicate; without what an index merely includes. */
  indexes: string[]
  keys: string[]
}

/** What the migrations made, without partitions and the list of migrations itself. */
export const describeMigrated = (session: ScriptSession): Promise<Described> => describeSchema(session, 'public')

/** What the tables of `src/db/schema` say: PostgreSQL itself reads them, made in a schema of their own. */
export async function describeDrizzled(session: ScriptSession, tables: readonly PgTable[]): Promise<Described> {
  const made = tables.map(createTable).join('\n')
  const rest = tables.flatMap((table) => [...createIndexes(table), ...addForeignKeys(table)]).join('\n')
  await session.script(`CREATE SCHEMA ${copies}; SET LOCAL search_path = ${copies}, public; ${made} ${rest}`)
  const described = await describeSchema(session, copies)
  await session.script(`DROP SCHEMA ${copies} CASCADE; SET LOCAL search_path = public`)
  return described
}

async function describeSchema({ rows }: ScriptSession, schema: string): Promise<Described> {
  const lines = async (line: string, from: string) => {
    const found = await rows(`
      WITH t AS (SELECT oid, relname FROM pg_class WHERE relnamespace = '${schema}'::regnamespace
        AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'schema_migrations')
      SELECT ${line} AS line FROM t ${from} ORDER BY 1`)
    return found.map((row) => String(row.line))
  }
  const definition = `regexp_replace(replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON '), ' INCLUDE \\([^)]*\\)', '')`
  return {
    tables: await lines('t.relname', ''),
    columns: await lines(
      `concat_ws(' ', t.relname || '.' || attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'NOT NULL' END,
        CASE attidentity WHEN 'a' THEN 'IDENTITY' END, CASE attgenerated WHEN 's' THEN 'GENERATED' END, pg_get_expr(adbin, adrelid))`,
      `JOIN pg_attribute ON attrelid = t.oid AND attnum > 0 AND NOT attisdropped
       LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum`,
    ),
    indexes: await lines(`replace(${definition}, ' ${schema}.', ' ')`, 'JOIN pg_index i ON i.indrelid = t.oid'),
    keys: await lines(
      `t.relname || ' ' || pg_get_constraintdef(k.oid)`,
      `JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'f') AND k.conparentid = 0`,
    ),
  }
}

const dialect = new PgDialect()
const text = (value: SQL): string => dialect.sqlToQuery(value.inlineParams()).sql
const named = (columns: readonly { name: string }[]): string => columns.map(({ name }) => `"${name}"`).join(', ')

function createTable(table: PgTable): string {
  const { name, columns, primaryKeys, uniqueConstraints } = getTableConfig(table)
  const parts = [
    ...columns.map(describeColumn),
    ...primaryKeys.map((key) => `PRIMARY KEY (${named(key.columns)})`),
    ...uniqueConstraints.map((key) => `CONSTRAINT "${key.getName()}" UNIQUE (${named(key.columns)})`),
  ]
  return `CREATE TABLE ${copies}."${name}" (${parts.join(', ')});`
}

function describeColumn(column: PgColumn): string {
  const { name, generated, generatedIdentity, primary, notNull, isUnique, uniqueName, default: given } = column
  const identity = generatedIdentity && (generatedIdentity.type === 'always' ? 'ALWAYS' : 'BY DEFAULT')
  const said = [
    `"${name}" ${column.getSQLType()}`,
    generated && is(generated.as, SQL) && `GENERATED ALWAYS AS (${text(generated.as)}) STORED`,
    identity && `GENERATED ${identity} AS IDENTITY`,
    given !== undefined && `DEFAULT ${text(is(given, SQL) ? given : sql`${sql.param(given, column)}`)}`,
    notNull && 'NOT NULL',
    primary && 'PRIMARY KEY',
    isUnique && `CONSTRAINT "${uniqueName}" UNIQUE`,
  ]
  return said.filter(Boolean).join(' ')
}

function createIndexes(table: PgTable): string[] {
  return getTableConfig(table).indexes.map(({ config }) => {
    const columns = config.columns.map((column) =>
      is(column, SQL) ? `(${text(column)})` : describeIndexed(column as Partial<IndexedColumn>),
    )
    const options = Object.entries(config.with ?? {}).map(([option, value]) => `${option} = ${value}`)
    const said = [
      `CREATE ${config.unique ? 'UNIQUE ' : ''}INDEX "${config.name}" ON ${copies}."${getTableName(table)}"`,
      `USING ${config.method} (${columns.join(', ')})`,
      options.length > 0 && `WITH (${options.join(', ')})`,
      config.where && `WHERE ${text(config.where)}`,
    ]
    return `${said.filter(Boolean).join(' ')};`
  })
}

/** Drizzle says of each column where nulls are, which BRIN and GIN do not take: ascending order is the usual one. */
function describeIndexed({ name, indexConfig = {} }: Partial<IndexedColumn>): string {
  const { opClass = '', order, nulls } = indexConfig
  return `"${name}" ${opClass} ${order === 'desc' ? `DESC NULLS ${nulls}` : ''}`
}

function addForeignKeys(table: PgTable): string[] {
  return getTableConfig(table).foreignKeys.map((key) => {
    const { columns, foreignColumns, foreignTable } = key.reference()
    const other = `${copies}."${getTableName(foreignTable)}" (${named(foreignColumns)})`
    const gone = key.onDelete ? `ON DELETE ${key.onDelete}` : ''
    return `ALTER TABLE ${copies}."${getTableName(table)}" ADD FOREIGN KEY (${named(columns)}) REFERENCES ${other} ${gone};`
  })
}
