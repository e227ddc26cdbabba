import type { Context } from 'hono'
import { etagOf } from '../cache/answer.ts'
import { ProblemError } from './problem.ts'

/** The ETag of what a route answers with, as the cache gives it. */
export const etagOfAnswer = (answer: object): string => etagOf(Buffer.from(JSON.stringify(answer)))

/**
 * Refuses a change where `If-Match` names another state than the present one; without it, the last change wins.
 *
 * @throws ProblemError `precondition-failed`
 */
export function requireMatch(c: Context, etag: string): void {
  const named = c.req.header('if-match')?.trim()
  if (named === undefined || named === '*' || named.split(',').some((one) => one.trim() === etag)) return
  throw preconditionFailed()
}

/** The number in an `If-Match` that names a version, `"3"`; undefined where any may be changed. @throws ProblemError `precondition-failed` */
export function matchedVersion(c: Context): number | undefined {
  const named = c.req.header('if-match')?.trim()
  if (named === undefined || named === '*') return undefined
  const version = /^"(\d{1,9})"$/.exec(named)?.[1]
  if (version === undefined) throw preconditionFailed()
  return Number(version)
}

export const preconditionFailed = (): ProblemError =>
  new ProblemError('precondition-failed', 'It is not what If-Match names any more; read it again and decide anew.')
