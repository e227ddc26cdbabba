import { createHash } from 'node:crypto'
import { and, eq, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Database } from '../db/database.ts'
import { idempotencyKeys } from '../db/schema/idempotency.ts'
import type { AppEnv } from './env.ts'
import { ProblemError } from './problem.ts'
import { openText, sealText } from './sealed-text.ts'

/** How long an answer is given again: a day of retries. */
const answerLifeMs = 24 * 3600 * 1000
/** After this a request under way counts as lost with its process, and its key may be used again. */
const underWayMs = 60_000
/** What an answer says beside its body; all other headers are about the one request (limits, cookies) or are set on every answer. */
const keptHeaders = ['content-type', 'location', 'etag', 'last-modified', 'content-disposition', 'link']

const validKey = /^[\x21-\x7e]{16,200}$/

/**
 * Gives a POST with an `Idempotency-Key` its first answer again, for a day; only what succeeded is kept.
 *
 * A process that dies between creating and noting the answer leaves the key free after a minute.
 */
export function idempotent({ db }: { db: Database }): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const key = c.req.header('idempotency-key')
    const user = c.get('user')
    if (c.req.method !== 'POST' || key === undefined || !user) return next()
    if (!validKey.test(key))
      throw new ProblemError('validation', 'The Idempotency-Key needs 16 to 200 visible ASCII characters; draw a UUID.')
    const secret = `${user.id}\n${key}`
    const keyHash = sha256(secret)
    const requestHash = sha256(`POST ${c.req.path}${new URL(c.req.url).search}\n${await c.req.text()}`)

    if (!(await reserve(db, { keyHash, requestHash }))) {
      const [kept] = await db.select().from(idempotencyKeys).where(eq(idempotencyKeys.keyHash, keyHash))
      if (kept && kept.requestHash !== requestHash)
        throw new ProblemError('conflict', 'This Idempotency-Key was used for another request; draw a new one.')
      if (kept?.status == null || kept.answer === null)
        throw new ProblemError('conflict', 'The first request with this Idempotency-Key is under way; ask again.')
      return c.body(openText(kept.answer, secret), kept.status as ContentfulStatusCode, {
        ...headersIn(kept.headers, secret),
        'idempotency-replayed': 'true',
      })
    }
    await next()
    const mine = eq(idempotencyKeys.keyHash, keyHash)
    if (c.res.ok && c.res.body !== null) {
      const answer = sealText(await c.res.clone().text(), secret)
      const headers = sealText(JSON.stringify(keptOf(c.res.headers)), secret)
      await db.update(idempotencyKeys).set({ status: c.res.status, answer, headers }).where(mine)
    } else await db.delete(idempotencyKeys).where(mine)
    return undefined
  }
}

const keptOf = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => keptHeaders.includes(name)))

const headersIn = (sealed: string | null, secret: string): Record<string, string> =>
  sealed === null ? { 'content-type': 'application/json' } : JSON.parse(openText(sealed, secret))

/**
 * Takes the key for this request; false where another request has it. By the clock of the database: a process whose own is ahead would
 * take what another has under way for lost, and do it twice.
 */
async function reserve(
  db: Database,
  { keyHash, requestHash }: { keyHash: string; requestHash: string },
): Promise<boolean> {
  const { createdAt, status } = idempotencyKeys
  const isLost = and(isNull(status), lt(createdAt, ago(underWayMs)))
  await db.delete(idempotencyKeys).where(or(lt(createdAt, ago(answerLifeMs)), isLost))
  const taken = await db
    .insert(idempotencyKeys)
    .values({ keyHash, requestHash, createdAt: sql`now()` })
    .onConflictDoNothing()
    .returning({ keyHash: idempotencyKeys.keyHash })
  return taken.length > 0
}

const ago = (ms: number): SQL => sql`now() - make_interval(secs => ${ms / 1_000})`

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
