import type { User } from '@fairmile/contract/http/auth.ts'
import type { Context, MiddlewareHandler, Next } from 'hono'
import type { Sessions } from '../auth/sessions.ts'
import { tokenOf } from '../auth/token-of.ts'
import { type Answer, etagOf, isNamed } from '../cache/answer.ts'
import type { Cache } from '../cache/cache.ts'
import { cachedRouteOf } from '../cache/cached-routes.ts'
import type { CacheCounters } from '../cache/counters.ts'
import type { AppEnv } from './env.ts'

interface CachedOptions {
  readonly cache: Cache
  readonly sessions: Sessions
  readonly counters: CacheCounters
  /** Wall clock, epoch milliseconds. */
  readonly now?: (() => number) | undefined
}

/** The client may keep an answer, and has to ask whether it still holds. */
const cacheControl = 'private, no-cache'

/**
 * Gives the routes of the table their answers again, to the same user and role alone; what is new goes through the routes behind this.
 *
 * A hit is the bytes and headers of the first answer, without a word of JSON; who names its ETag gets 304. It stands in front of
 * everything that costs time; only who was let in by the routes has something here.
 */
export function cached({ cache, sessions, counters, now = Date.now }: CachedOptions): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (c.req.method !== 'GET') return next()
    const token = tokenOf(headerOf(c, 'authorization'), headerOf(c, 'cookie'))
    if (token === undefined) return next()
    const user = sessions.peek(token) ?? (await sessions.verify(token))
    if (user === null) return next()

    const { url } = c.req
    const target = url.slice(url.indexOf('/', url.indexOf('://') + 3))
    const text = textOf(user, target)
    const here = cache.peek(text)
    if (here !== null) {
      counters.requests.inc({ route: here.route, outcome: 'hit' })
      return respond(c, here.answer)
    }
    return ask(c, next, { text, path: pathOf(target) })
  }

  async function ask(c: Context<AppEnv>, next: Next, { text, path }: { text: string; path: string }) {
    const found = cachedRouteOf(path)
    if (found === null) return next()
    const { route, ttlS } = found.cached
    const key = { text, path, route, tags: found.tags, ttlMs: Math.min(ttlS * 1000, msOfDayLeft(now())) }
    const { answer, outcome } = await cache.through(key, async () => {
      await next()
      return takeAnswer(c)
    })
    counters.requests.inc({ route, outcome })
    if (answer === null) return undefined
    if (outcome !== 'miss') return respond(c, answer)
    if (!isNamed(headerOf(c, 'if-none-match'), answer.headers.etag)) return undefined
    c.res = undefined
    c.res = notModified(answer)
    return undefined
  }
}

const dayMs = 86_400_000

/** Milliseconds to the end of the UTC day: cover goes by it, so no answer is given again on the next one. */
const msOfDayLeft = (nowMs: number): number => dayMs - (nowMs % dayMs)

/** Whose answer to what it is. */
const textOf = ({ role, id, driverId }: User, target: string): string => `${role} ${id} ${driverId ?? ''} ${target}`

function pathOf(target: string): string {
  const end = target.indexOf('?')
  return end < 0 ? target : target.slice(0, end)
}

/** A header as Node has it, where there is a socket: building `Headers` of all of them costs more than the rest of a hit. */
function headerOf(c: Context<AppEnv>, name: 'authorization' | 'cookie' | 'if-none-match'): string | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: { headers: Record<string, string | undefined> } }
  return incoming ? incoming.headers[name] : c.req.header(name)
}

function respond(c: Context<AppEnv>, answer: Answer): Response {
  if (isNamed(headerOf(c, 'if-none-match'), answer.headers.etag)) return notModified(answer)
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
  // What is left of a limit is of this request alone.
  const { ratelimit, 'ratelimit-policy': policy, ...given } = Object.fromEntries(c.res.headers)
  const limits = { ...(ratelimit && { ratelimit }), ...(policy && { 'ratelimit-policy': policy }) }
  const etag = etagOf(body)
  const headers = { ...given, etag, 'cache-control': cacheControl, 'x-cache': 'hit' }
  c.res = undefined
  c.res = new Response(body, { headers: { ...headers, ...limits, 'x-cache': 'miss' } })
  return { headers, body }
}
