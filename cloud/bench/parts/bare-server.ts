/** The reference of the API bench: one Hono route with the bytes and headers of an answer of ours, by the same server library. */
import { Hono } from 'hono'
import { startServer } from '../../src/server.ts'

process.on('message', (message: { body: string; headers: Record<string, string> } | 'end') => {
  if (message === 'end') process.exit(0)
  const body = Buffer.from(message.body, 'base64')
  const app = new Hono()
  app.get('*', () => new Response(body, { headers: message.headers }))
  startServer({ app: app as never, live: null, host: '127.0.0.1', port: 0 }).then(({ url }) => process.send?.({ url }))
})
