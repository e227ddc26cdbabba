import type { User } from '@fairmile/contract/http/auth.ts'
import type { Context, MiddlewareHandler } from 'hono'
import type { AppEnv } from '../http/env.ts'
import { headersOf } from '../http/headers-of.ts'
import { ProblemError } from '../http/problem.ts'
import type { Sessions } from './sessions.ts'
import { tokenOf } from './token-of.ts'

/** Reads who is logged in, from a bearer token or the session cookie; a route then says whom it lets in. */
export function readUser(sessions: Sessions): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const headerOf = headersOf(c.req.raw, c.env)
    const token = tokenOf(headerOf('authorization'), headerOf('cookie'))
    c.set('user', token === undefined ? null : await sessions.verify(token))
    await next()
  }
}

/** Lets in whoever is logged in. */
export const loggedIn: MiddlewareHandler<AppEnv> = async (c, next) => {
  requireUser(c)
  await next()
}

/** Lets in admins alone. */
export const adminOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (requireUser(c).role !== 'admin') throw new ProblemError('forbidden', 'Only an admin may do this.')
  await next()
}

/** The user of a request. @throws ProblemError where nobody is logged in */
export function requireUser(c: Context<AppEnv>): User {
  const user = c.get('user')
  if (!user)
    throw new ProblemError('unauthorized', 'Log in at POST /api/v1/auth/login, or send the token as a bearer.', {
      headers: { 'www-authenticate': 'Bearer realm="fairmile"' },
    })
  return user
}

/**
 * Makes sure that the data of a driver may be seen: one's own, or anyone's by an admin.
 *
 * @param what the thing asked for, as it stands in the answer: `driver "DRV-0002"`
 * @throws ProblemError `not-found`, so that nobody learns which ids exist
 */
export function requireOwner(c: Context<AppEnv>, driverId: string | null, what: string): void {
  const user = requireUser(c)
  if (user.role !== 'admin' && (driverId === null || user.driverId !== driverId)) throw notThere(what)
}

/** The answer for what does not exist, or is another's. */
export const notThere = (what: string): ProblemError => new ProblemError('not-found', `There is no ${what}.`)
