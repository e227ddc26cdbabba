import { type SQL, sql } from 'drizzle-orm'

/** What looks like the beginning of a public id: `DRV-00`, `USR-4K`. */
const idPrefix = /^[A-Z]{3}-[0-9A-Z]{0,26}$/
/** What splits words, as the database splits them in names; an e-mail address stays whole there. */
const between = /[^\p{L}\p{N}.@_-]+/u

interface Searched {
  /** Columns of ids that a search by the beginning of an id looks at. */
  readonly ids: readonly SQL[]
  /** The `tsvector` of the words. */
  readonly words: SQL
  /** Puts the condition on the words where it belongs, where they are another table's. @default as it is */
  readonly within?: (matches: SQL) => SQL
}

/** Finds rows by a search as a person types it: the beginning of an id, or beginnings of words, all of which must be there. */
export function searchFor(
  text: string | undefined,
  { ids, words, within = (matches) => matches }: Searched,
): SQL | undefined {
  if (text === undefined) return undefined
  const upper = text.toUpperCase()
  if (idPrefix.test(upper))
    return sql`(${sql.join(
      ids.map((id) => sql`${id} LIKE ${`${upper}%`}`),
      sql` OR `,
    )})`
  return within(sql`${words} @@ ${prefixQuery(text)}::text::tsquery`)
}

/** A `tsquery` of the beginnings of words: `'ada':* & 'ber':*`. A search without a letter finds nothing. */
export function prefixQuery(text: string): string {
  const tokens = text
    .toLowerCase()
    .split(between)
    .map((token) => token.replace(/^[.@_-]+|[.@_-]+$/g, ''))
    .filter((token) => token !== '')
  return tokens.map((token) => `'${token}':*`).join(' & ')
}
