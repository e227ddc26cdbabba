import { portfolioSets } from '@fairmile/contract/http/exports.ts'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Database, selectRows } from '../db/database.ts'
import type { Row } from './columns.ts'
import { type DataSet, driverSets } from './data-sets.ts'
import { portfolioSetsOf } from './portfolio-sets.ts'
import type { SourceColumn } from './source-columns.ts'
import { secondsPage } from './trip-seconds.ts'

const range = { fromMs: z.int(), toMs: z.int() }
const after = z.array(z.string().max(100)).max(5).nullable()

/** Which rows, and after which: plain data, so that a command may ask a server for them. */
export const pageAskSchema = z.discriminatedUnion('of', [
  z.strictObject({
    of: z.literal('driver'),
    set: z.enum(Object.keys(driverSets) as (keyof typeof driverSets)[]),
    driverId: z.string(),
    ...range,
    after,
  }),
  z.strictObject({ of: z.literal('portfolio'), set: z.enum(portfolioSets), ...range, after }),
  z.strictObject({ of: z.literal('trip'), set: z.enum(['trips', 'events', 'seconds']), tripId: z.string(), after }),
])
export type PageAsk = z.infer<typeof pageAskSchema>

/** Some rows, and after which the next are; null where there are none. */
export interface ExportPage {
  readonly rows: Row[]
  readonly next: string[] | null
}

/** Reads pages, here or through a server. */
export type ReadPage = (ask: PageAsk) => Promise<ExportPage>

const ages = { fromMs: 0, toMs: Date.UTC(2100) }

/**
 * Reads some rows of an export, those after the last ones: a page is a short statement of its own, and nothing is held in between,
 * neither a connection nor a transaction, however slow who reads is.
 */
export async function readExportPage(db: Database, ask: PageAsk): Promise<ExportPage> {
  if (ask.of === 'portfolio') return readSet(db, portfolioSetsOf[ask.set], { ...ask, driverId: '' })
  if (ask.of === 'driver') return readSet(db, driverSets[ask.set], ask)
  if (ask.set === 'seconds') return secondsPage(db, ask)
  const set: DataSet = { ...driverSets[ask.set], where: () => sql`t.id = ${ask.tripId}` }
  return readSet(db, set, { driverId: '', after: ask.after, ...ages })
}

interface SetAsk {
  readonly driverId: string
  readonly fromMs: number
  readonly toMs: number
  readonly after: readonly string[] | null
}

async function readSet(
  db: Database,
  set: DataSet,
  { driverId, fromMs, toMs, after: last }: SetAsk,
): Promise<ExportPage> {
  const { columns, key, tables, pageRows } = set
  const list = columns.map((column, n) => `${expressionOf(column)} AS c${n}`)
  const keys = key.map(([expression], n) => `(${expression})::text AS k${n}`)
  const place = sql.raw(key.map(([expression]) => expression).join(', '))
  const values = key.map(([, type], n) => sql`${last?.[n] ?? ''}::${sql.raw(type)}`)
  // The first part alone, too: an index takes that.
  const first = sql`${sql.raw(key[0]?.[0] ?? '')} >= ${values[0]}`
  const later = last ? sql`AND ${first} AND (${place}) > (${sql.join(values, sql`, `)})` : sql``
  const rows = await selectRows<Row>(
    db,
    sql`SELECT ${sql.raw([...list, ...keys].join(', '))} FROM ${typeof tables === 'string' ? sql.raw(tables) : tables}
      WHERE ${set.where({ driverId, range: { fromMs, toMs } })} ${later} ORDER BY ${place} LIMIT ${pageRows}`,
  )
  const end = rows.length < pageRows ? undefined : rows.at(-1)
  return {
    rows: rows.map((row) => Object.fromEntries(columns.map(({ name }, n) => [name, row[`c${n}`] ?? null]))),
    next: end ? key.map((_, n) => String(end[`k${n}`])) : null,
  }
}

function expressionOf({ type, from }: SourceColumn): string {
  if (type === 'time') return `round(extract(epoch FROM ${from}) * 1000)::float8`
  if (type === 'integer') return `(${from})::float8`
  return type === 'json' ? `(${from})::text` : from
}

/** Reads all rows that are asked for, page by page, as they are taken. */
export async function* rowsOf(read: ReadPage, ask: PageAsk): AsyncGenerator<Row> {
  let next = ask.after
  do {
    const page = await read({ ...ask, after: next } as PageAsk)
    yield* page.rows
    next = page.next
  } while (next !== null)
}
