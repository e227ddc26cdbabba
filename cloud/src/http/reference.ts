import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import type { AppEnv } from './env.ts'

/** What the pages load, from the package's own files: no network but this service is needed. */
const assets = [
  { name: 'swagger-ui.css', type: 'text/css', url: import.meta.resolve('swagger-ui-dist/swagger-ui.css') },
  {
    name: 'swagger-ui-bundle.js',
    type: 'text/javascript',
    url: import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  },
  { name: 'favicon-32x32.png', type: 'image/png', url: import.meta.resolve('swagger-ui-dist/favicon-32x32.png') },
]

/** The two pages: `/docs` to try requests, `/redoc` to read: nothing to send, and every operation a click away, since all of them open at once take a browser a minute. */
const pages = {
  '/docs': { tryItOutEnabled: true },
  '/redoc': { docExpansion: 'list', filter: true, defaultModelExpandDepth: 3, supportedSubmitMethods: [] },
} as const

/** The API reference at `/docs` and `/redoc`, drawn by Swagger UI from `/openapi.json` under the strict policy. */
export function referencePages(): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  for (const [path, options] of Object.entries(pages)) {
    app.get(path, (c) => c.html(page(path)))
    app.get(`${path}/start.js`, (c) =>
      c.body(start(options), 200, { 'content-type': 'text/javascript; charset=utf-8' }),
    )
  }
  for (const { name, type, url } of assets)
    app.get(`/docs/${name}`, async (c) =>
      c.body(await readFile(fileURLToPath(url)), 200, {
        'content-type': type,
        'cache-control': 'public, max-age=86400',
      }),
    )
  return app
}

const page = (path: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Fairmile API</title>
    <link rel="icon" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
  </head>
  <body>
    <div id="reference"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="${path}/start.js"></script>
  </body>
</html>
`

const start = (options: object) =>
  `SwaggerUIBundle(${JSON.stringify({ url: '/openapi.json', dom_id: '#reference', validatorUrl: null, ...options })})\n`
