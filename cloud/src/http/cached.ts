import type { User } from '@fairmile/contract/http/auth.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import type { Context, MiddlewareHandler } from 'hono'
import type { Sessions } from '../auth/sessions.ts'
import { tokenOf } from '../auth/token-of.ts'
import { type Answer, etagOf, isNamed } from '../cache/answer.ts'
import type { Cache } from '../cache/cache.ts'
import type { CacheCounters } from '../cache/counters.ts'
import type { Metrics } from '../metrics.ts'
import { defaultLimitMs } from './answer-in-time.ts'
import type { Asked, ReadAsked } from './asked.ts'
import type { AppEnv, Fetch } from './env.ts'
import { type HeaderOf, headersOf } from './headers-of.ts'

interface CachedOptions {
  readonly cache: Cache
  readonly sessions: Sessions
  readonly counters: CacheCounters
  readonly readAsked: ReadAsked
}

/** The client may keep an answer, and has to ask whether it still holds. */
const cacheControl = 'private, no-cache'

/**
 * Gives answers of this process's memory again, to the same user and role alone, before any route is looked for; passes on all else.
 *
 * A hit is the bytes and headers of the first answer, without a word of it made again and without a promise; who names its ETag gets 304. Only who
 * was let in by the routes has something here.
 */
export function givenAgain(
  fetch: Fetch,
  { cache, sessions, counters, readAsked, requests }: CachedOptions & { requests: Metrics['httpRequests'] },
): Fetch {
  const answered = { 200: requests.labels('GET', '200'), 304: requests.labels('GET', '304') }
  const find = (request: Request, env: unknown): Response | null => {
    if (request.method !== 'GET') return null
    const headerOf = headersOf(request, env)
    const token = tokenOf(headerOf('authorization'), headerOf('cookie'))
    const user = token === undefined ? null : sessions.peek(token)
    if (user === null) return null
    const asked = readAsked(request.url)
    const here = asked && cache.peek(textOf(user, asked))
    if (here === null) return null
    counters.requests.inc({ route: here.route, outcome: 'hit' })
    const response = respond(headerOf, here.answer)
    answered[response.status as keyof typeof answered].inc()
    return response
  }
  return (request, env, ...rest) => find(request, env) ?? fetch(request, env, ...rest)
}

/**
 * Keeps the answers of the routes of the table; what is there already, in Redis or under way, is given without asking the routes behind this.
 *
 * @param now wall clock, epoch milliseconds
 * @param limitMs after so long who began it was told to ask again (`answerInTime`), and who asks begins anew
 */
export function cached({
  cache,
  sessions,
  counters,
  readAsked,
  now = Date.now,
  limitMs: sharedMs = defaultLimitMs,
}: CachedOptions & { now?: (() => number) | undefined; limitMs?: number | undefined }): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (c.req.method !== 'GET') return next()
    const asked = readAsked(c.req.url)
    if (asked === null) return next()
    const headerOf = headersOf(c.req.raw, c.env)
    const token = tokenOf(headerOf('authorization'), headerOf('cookie'))
    const user = token === undefined ? null : await sessions.verify(token)
    if (user === null) return next()

    const { route, ttlS } = asked.cached
    const ttlMs = Math.min(ttlS * 1000, msOfDayLeft(now()))
    const { path, tags } = asked
    const key = { text: textOf(user, asked), path, route, tags, ttlMs, sharedMs }
    const { answer, outcome } = await cache.through(key, async () => {
      await next()
      return takeAnswer(c)
    })
    counters.requests.inc({ route, outcome })
    if (answer === null) return undefined
    if (outcome !== 'miss') return respond(headerOf, answer)
    if (!isNamed(headerOf('if-none-match'), answer.headers.etag)) return undefined
    c.res = undefined
    c.res = notModified(answer)
    return undefined
  }
}

const dayMs = 86_400_000

/** Milliseconds to the end of the UTC day: cover goes by it, so no answer is given again on the next one. */
const msOfDayLeft = (nowMs: number): number => dayMs - (nowMs % dayMs)

/** Whose answer to what it is. */
const textOf = ({ role, id, driverId }: User, { text }: Asked): string => `${role} ${id} ${driverId ?? ''} ${text}`

function respond(headerOf: HeaderOf, answer: Answer): Response {
  if (isNamed(headerOf('if-none-match'), answer.headers.etag)) return notModified(answer)
  return new Response(answer.body as Uint8Array<ArrayBuffer>, { headers: answer.headers })
}

function notModified({ headers }: Answer): Response {
  const { 'content-type': _type, 'content-length': _length, ...kept } = headers
  return new Response(null, { status: 304, headers: kept })
}

/** Takes the answer that the routes gave to be kept; null where it may not be. The client gets it all the same. */
async function takeAnswer(c: Context<AppEnv>): Promise<Answer | null> {
  if (c.res.status !== 200 || c.get('volatile') || c.res.headers.has('set-cookie')) return null
  const body = Buffer.from(await c.res.arrayBuffer())
  if (c.req.query('cursor') !== undefined && isEmptyPage(body)) {
    const { headers } = c.res
    c.res = undefined
    c.res = new Response(body, { headers })
    return null
  }
  // What is left of a limit is of this request alone.
  const { ratelimit, 'ratelimit-policy': policy, ...given } = Object.fromEntries(c.res.headers)
  const limits = { ...(ratelimit && { ratelimit }), ...(policy && { 'ratelimit-policy': policy }) }
  const etag = etagOf(body)
  const headers = { ...given, etag, 'cache-control': cacheControl, 'x-cache': 'hit' }
  c.res = undefined
  c.res = new Response(body, { headers: { ...headers, ...limits, 'x-cache': 'miss' } })
  return { headers, body }
}

/** Anybody can write cursors to where nothing follows, as many as they like: what they get is kept by none of these names. */
function isEmptyPage(body: Buffer): boolean {
  const page: Partial<Page<unknown>> | null = JSON.parse(body.toString())
  return page?.items?.length === 0
}
