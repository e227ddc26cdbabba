import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { AppEnv } from './env.ts'

/** Paths that belong to programs: an unknown one is a 404, never a page. */
const notPages = /^\/(api|docs|redoc|problems|health|ready|metrics|openapi\.json)(\/|$)/
/** Vite puts files with a hash in their names here: their content never changes. */
const hashed = /^\/assets\//

/**
 * The built dashboard: its files, and `index.html` for every page of it (a path without a dot).
 *
 * @param options.folder `dashboard/dist`; where it holds no `index.html` there is no dashboard
 */
export function dashboardPages({ folder }: { folder: string }): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  if (!existsSync(join(folder, 'index.html'))) return app

  const file = serveStatic<AppEnv>({ root: folder })
  const index = serveStatic<AppEnv>({ root: folder, path: 'index.html' })
  app.use('*', async (c, next) => {
    if (notPages.test(c.req.path)) return next()
    const response = await (c.req.path.includes('.') ? file : index)(c, next)
    response?.headers.set('cache-control', hashed.test(c.req.path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    return response
  })
  return app
}
