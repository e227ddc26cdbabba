import { Hono } from 'hono'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { AppEnv } from './env.ts'
import { notFound } from './methods.ts'
import { answerProblem } from './problem.ts'

/** One thing that has to work before requests are taken: a name, and what is wrong (null: nothing). */
export interface Check {
  readonly name: string
  readonly problem: () => Promise<string | null>
}

/** `/health` (the process lives), `/ready` (what it needs is there) and `/metrics` (for Prometheus). */
export function operations({ metrics, checks }: { metrics: Metrics; checks: readonly Check[] }): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/health', (c) => c.json({ status: 'ok' }))
    .get('/ready', async (c) => {
      const results = await Promise.all(
        checks.map(async ({ name, problem }) => ({ name, problem: await told(problem) })),
      )
      const ready = results.every(({ problem }) => problem === null)
      return c.json({ status: ready ? 'ready' : 'not ready', checks: results }, ready ? 200 : 503)
    })
    .get('/metrics', async (c) =>
      c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
    )
}

/** The same alone, for a process that serves no requests. */
export function createOperationsApp({ log, ...deps }: Parameters<typeof operations>[0] & { log: Log }): Hono<AppEnv> {
  const app = operations(deps)
  app.notFound(notFound(app))
  app.onError((error, c) =>
    answerProblem(c, error, (cause) => log.error({ error: cause, path: c.req.path }, 'request failed')),
  )
  return app
}

async function told(problem: Check['problem']): Promise<string | null> {
  try {
    return await problem()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
