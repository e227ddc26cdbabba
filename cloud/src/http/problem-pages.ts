import { Hono } from 'hono'
import type { AppEnv } from './env.ts'
import { describeProblem, ProblemError } from './problem.ts'

/** What each kind of problem means, at the address that is its `type`; no log-in is needed. */
export function problemPages(): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/problems/:kind', (c) => {
    const kind = c.req.param('kind')
    const found = describeProblem(kind)
    if (!found) throw new ProblemError('not-found', `There is no kind of problem "${kind}".`)
    return c.json(found)
  })
}
