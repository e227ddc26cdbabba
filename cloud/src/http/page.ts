import type { Page } from '@fairmile/contract/http/page.ts'
import { Day } from '@fairmile/contract/http/times.ts'
import { z } from 'zod'
import { ProblemError } from './problem.ts'

/** Makes a page of rows that were read with one more than the limit; `keyOf` names the place of a row in the order. */
export function toPage<Row, T>(
  rows: readonly Row[],
  { limit, keyOf, itemOf }: { limit: number; keyOf: (row: Row) => readonly string[]; itemOf: (row: Row) => T },
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(itemOf), nextCursor: rows.length > limit && last ? encodeCursor(keyOf(last)) : null }
}

/** Writes the place of a row as an opaque cursor. */
const encodeCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url')

/**
 * Reads a cursor of so many parts; undefined for the first page.
 *
 * @throws ProblemError `validation` for a cursor that we did not write
 */
export function decodeCursor(cursor: string | undefined, parts: number): readonly string[] | undefined {
  if (cursor === undefined) return undefined
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    // Written any other way it would be one more name of the same page, and one more copy in the cache.
    if (Array.isArray(key) && key.length === parts && key.every(isPart) && encodeCursor(key) === cursor) return key
  } catch {
    // told below
  }
  throw invalidCursor(cursor)
}

/** Reads the moment in a cursor: of the years 1970 (a clock that was never set) to 2999. @throws ProblemError `validation` */
export function momentOf(text: string | undefined): Date {
  const moment = new Date(text ?? '')
  const isOurs = z.iso.datetime().safeParse(text).success && /^(19[789]|2)/.test(text ?? '')
  if (!isOurs || Number.isNaN(moment.getTime())) throw invalidCursor(text ?? '')
  return moment
}

/** Reads the UTC day in a cursor. @throws ProblemError `validation` */
export function dayOf(text: string | undefined): string {
  const day = Day.safeParse(text)
  if (!day.success) throw invalidCursor(text ?? '')
  return day.data
}

/** The largest number of a column of 32 bits. */
export const largestInteger = 2 ** 31 - 1

/** Reads the whole number in a cursor, of a column that holds so much. @throws ProblemError `validation` */
export function numberOf(text: string | undefined, largest = Number.MAX_SAFE_INTEGER): number {
  const number = Number(text)
  if (!/^\d{1,16}$/.test(text ?? '') || number > largest) throw invalidCursor(text ?? '')
  return number
}

/** The database takes no NUL in a text. */
const isPart = (part: unknown): part is string => typeof part === 'string' && !part.includes('\0')

const invalidCursor = (cursor: string) =>
  new ProblemError('validation', 'The cursor is not one of this list.', {
    errors: [{ path: 'query.cursor', message: `"${cursor}" is no cursor; take nextCursor of the page before` }],
  })
