import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { Hono } from 'hono'
import type { AppEnv } from '../src/http/env.ts'
import { startServer } from '../src/server.ts'

test('startServer answers a request whose client offers another protocol beside it, as curl --http2 does', async (t) => {
  const app = new Hono<AppEnv>()
  app.get('/health', (c) => c.text('well'))
  const server = await startServer({ app, live: null, host: '127.0.0.1', port: 0 })
  t.after(() => server.close())
  const headers = {
    connection: 'Upgrade, HTTP2-Settings',
    upgrade: 'h2c',
    'http2-settings': 'AAMAAABkAAQAoAAAAAIAAAAA',
  }
  const request = get(`${server.url}/health`, { headers, agent: false })
  const [response] = await once(request, 'response')
  assert.deepEqual([response.statusCode, await text(response)], [200, 'well'])
})
