import type { Context, Hono } from 'hono'
import type { AppEnv } from './env.ts'
import { ProblemError } from './problem.ts'

/** Answers what no route took: 405 with the methods that the path has, or 404. */
export function notFound(app: Hono<AppEnv>): (c: Context<AppEnv>) => never {
  const table = app.routes
    .filter((route) => route.method !== 'ALL' && route.path.startsWith('/') && !route.path.includes('*'))
    .map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replaceAll(/:[^/]+/g, '[^/]+')}$`) }))

  return (c) => {
    const methods = new Set(table.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method))
    if (methods.size === 0)
      throw new ProblemError('not-found', `There is nothing at "${c.req.path}"; /openapi.json lists what there is.`)
    const allow = [...methods].join(', ')
    throw new ProblemError('method-not-allowed', `"${c.req.path}" takes ${allow}.`, { headers: { allow } })
  }
}
