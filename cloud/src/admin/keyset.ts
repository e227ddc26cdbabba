import { type SQL, sql } from 'drizzle-orm'
import { dayOf, decodeCursor, momentOf } from '../http/page.ts'
import { ProblemError } from '../http/problem.ts'

/** What a list can be sorted by: an expression that is never null, and how a cursor of it is read. */
export interface Sorting {
  readonly key: SQL
  readonly type: 'text' | 'float8' | 'date' | 'timestamptz'
  /** @default false */
  readonly descending?: boolean
}

/** Where a page begins, in what order its rows come, and what their place is, as text. */
export interface Keyset {
  readonly after: SQL | undefined
  readonly order: SQL
  readonly place: SQL
}

/** Pages in any order, each row once: by the key and, where that is the same, by the id. */
export function keysetOf({ key, type, descending = false }: Sorting, id: SQL, cursor: string | undefined): Keyset {
  const [place, lastId] = decodeCursor(cursor, 2) ?? []
  const way = sql.raw(descending ? 'DESC' : 'ASC')
  const beyond = sql.raw(descending ? '<' : '>')
  return {
    after:
      place === undefined
        ? undefined
        : sql`(${key}, ${id}) ${beyond} (${readPlace(place, type)}::text::${sql.raw(type)}, ${lastId})`,
    order: sql`${key} ${way}, ${id} ${way}`,
    place:
      type === 'timestamptz'
        ? sql`to_char(${key} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
        : sql`(${key})::text`,
  }
}

/** What a cursor names, as the database can read it. @throws ProblemError `validation` */
function readPlace(place: string, type: Sorting['type']): string {
  if (type === 'float8' && !/^-?\d{1,20}(\.\d{1,20})?(e[+-]\d\d)?$/.test(place)) throw notOfThisList(place)
  if (type === 'date') dayOf(place)
  if (type === 'timestamptz') momentOf(place)
  return place
}

const notOfThisList = (place: string) =>
  new ProblemError('validation', 'The cursor is not one of this list.', {
    errors: [{ path: 'query.cursor', message: `"${place}" is no place in this order; begin at the first page` }],
  })
