import type { Page } from '@fairmile/contract/http/page.ts'
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
    if (Array.isArray(key) && key.length === parts && key.every(isPart)) return key
  } catch {
    // told below
  }
  throw invalidCursor(cursor)
}

/** Reads the moment in a cursor. @throws ProblemError `validation` */
export function momentOf(text: string | undefined): Date {
  const moment = new Date(text ?? '')
  if (Number.isNaN(moment.getTime())) throw invalidCursor(text ?? '')
  return moment
}

/** Reads the whole number in a cursor. @throws ProblemError `validation` */
export function numberOf(text: string): number {
  const number = Number(text)
  if (!/^\d{1,16}$/.test(text) || !Number.isSafeInteger(number)) throw invalidCursor(text)
  return number
}

/** The database takes no NUL in a text. */
const isPart = (part: unknown): part is string => typeof part === 'string' && !part.includes('\0')

const invalidCursor = (cursor: string) =>
  new ProblemError('validation', 'The cursor is not one of this list.', {
    errors: [{ path: 'query.cursor', message: `"${cursor}" is no cursor; take nextCursor of the page before` }],
  })
