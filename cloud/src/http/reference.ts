import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import type { AppEnv } from './env.ts'
import { readRedocBundle, redocStart, redocStyle } from './redoc.ts'

const script = 'text/javascript; charset=utf-8'
const style = 'text/css; charset=utf-8'
const file = (url: string) => async () => new Uint8Array(await readFile(fileURLToPath(url)))

/** What the pages load, from the packages' own files: no network but this service is needed. */
const assets = [
  { path: '/docs/swagger-ui.css', type: style, read: file(import.meta.resolve('swagger-ui-dist/swagger-ui.css')) },
  {
    path: '/docs/swagger-ui-bundle.js',
    type: script,
    read: file(import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js')),
  },
  {
    path: '/docs/favicon-32x32.png',
    type: 'image/png',
    read: file(import.meta.resolve('swagger-ui-dist/favicon-32x32.png')),
  },
  { path: '/redoc/redoc.standalone.js', type: script, read: readRedocBundle },
]

const swaggerStart = `SwaggerUIBundle(${JSON.stringify({ url: '/openapi.json', dom_id: '#reference', validatorUrl: null, tryItOutEnabled: true })})\n`

/** The API reference, drawn from `/openapi.json`: at `/docs` by Swagger UI to try requests, at `/redoc` by Redoc to read. */
export function referencePages(): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  app.get('/docs', (c) =>
    c.html(page({ style: '/docs/swagger-ui.css', scripts: ['/docs/swagger-ui-bundle.js', '/docs/start.js'] })),
  )
  app.get('/docs/start.js', (c) => c.body(swaggerStart, 200, { 'content-type': script }))
  app.get('/redoc', (c) =>
    c.html(page({ style: '/redoc/page.css', scripts: ['/redoc/redoc.standalone.js', '/redoc/start.js'] })),
  )
  app.get('/redoc/start.js', (c) => c.body(redocStart, 200, { 'content-type': script }))
  app.get('/redoc/page.css', (c) => c.body(redocStyle, 200, { 'content-type': style }))
  for (const { path, type, read } of assets)
    app.get(path, async (c) =>
      c.body(await read(), 200, { 'content-type': type, 'cache-control': 'public, max-age=86400' }),
    )
  return app
}

const page = ({ style, scripts }: { style: string; scripts: readonly string[] }) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Fairmile API</title>
    <link rel="icon" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="${style}">
  </head>
  <body>
    <div id="reference"></div>
${scripts.map((src) => `    <script src="${src}"></script>`).join('\n')}
  </body>
</html>
`
