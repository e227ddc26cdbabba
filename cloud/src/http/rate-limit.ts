import type { MiddlewareHandler } from 'hono'
import type { Counter } from 'prom-client'
import type { RateLimits } from '../limits/rate-limits.ts'
import type { RateStore } from '../limits/rate-store.ts'
import type { AppEnv } from './env.ts'
import { ProblemError } from './problem.ts'
import { waitWords } from './wait-words.ts'

const windowS = 60
/** Where passwords are tried or set: what costs a slow hash or a mail. */
const loginPaths = new Set(['/api/v1/auth/login', '/api/v1/auth/password', '/api/v1/auth/password-links'])

interface RateLimitOptions {
  readonly limits: RateLimits
  readonly store: RateStore
  /** Told of each request that was refused. */
  readonly refused: Counter<'policy'>
}

/**
 * Lets so many requests a minute through: of a user, or of the network address of who is not logged in, and fewer log-ins. Answers say
 * what is left (`RateLimit`, `RateLimit-Policy` of the IETF draft); what is refused is told how long to wait.
 *
 * What is answered from the cache does not come by here, and counts nothing: it costs next to nothing.
 */
export function rateLimit({ limits, store, refused }: RateLimitOptions): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const user = c.get('user')
    const isLogin = c.req.method === 'POST' && loginPaths.has(c.req.path)
    const policy = isLogin ? 'login' : user ? 'user' : 'address'
    const limit = limits[policy]
    if (limit === 0) return next()
    const who = policy === 'user' && user ? user.id : c.get('address')
    const { count, leftMs } = await store.take(`${policy} ${who}`, windowS * 1000)
    const leftS = Math.max(1, Math.ceil(leftMs / 1000))
    c.header('ratelimit-policy', `"${policy}";q=${limit};w=${windowS}`)
    c.header('ratelimit', `"${policy}";r=${Math.max(0, limit - count)};t=${leftS}`)
    if (count <= limit) return next()
    refused.inc({ policy })
    throw new ProblemError(
      'too-many-requests',
      `More than ${limit} requests in a minute; ask again in ${waitWords(leftS)}.`,
      {
        headers: { 'retry-after': String(leftS) },
      },
    )
  }
}
