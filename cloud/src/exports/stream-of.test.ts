import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { Hono } from 'hono'
import type { AppEnv } from '../http/env.ts'
import { startServer } from '../server.ts'
import { streamOf } from './stream-of.ts'

describe('the stream of an export over a connection', () => {
  const piece = Buffer.alloc(64 * 1024, 'a')
  /** A service of one endless file, or one that fails after some pieces. */
  const serve = async ({ idleMs, failsAfter = Number.POSITIVE_INFINITY }: { idleMs: number; failsAfter?: number }) => {
    const ended = Promise.withResolvers<void>()
    const made = { pieces: 0, failures: [] as unknown[] }
    async function* pieces() {
      try {
        for (;;) {
          if (made.pieces === failsAfter) throw new Error('the secret cause')
          made.pieces++
          yield piece
        }
      } finally {
        ended.resolve()
      }
    }
    const app = new Hono<AppEnv>().get('/', async (c) =>
      c.body(await streamOf(pieces(), { idleMs, failed: (error) => made.failures.push(error) })),
    )
    const server = await startServer({ app, live: null, host: '127.0.0.1', port: 0 })
    return { server, made, ended: ended.promise }
  }
  /** A client that takes nothing until it is told to. */
  const ask = async ({ url }: { url: string }) => {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' })
    socket.on('error', () => {}).pause()
    await once(socket, 'connect')
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    return socket
  }

  it('makes no more than the connection takes, and hangs up on who takes nothing', async () => {
    const { server, made, ended } = await serve({ idleMs: 300 })
    const socket = await ask(server)
    await ended
    assert.ok(made.pieces < 2_000, `${made.pieces} pieces for a client that took none`)
    let last = Buffer.alloc(0)
    socket.on('data', (bytes) => {
      last = Buffer.concat([last, bytes]).subarray(-5)
    })
    socket.resume()
    await once(socket, 'close')
    assert.notEqual(last.toString(), '0\r\n\r\n')
    assert.deepEqual(made.failures, [])
    await server.close()
  })

  it('ends when the client goes away', async () => {
    const { server, made, ended } = await serve({ idleMs: 60_000 })
    const socket = await ask(server)
    socket.once('data', () => socket.destroy()).resume()
    await ended
    assert.deepEqual(made.failures, [])
    await server.close()
  })

  it('breaks the connection where something goes wrong, and keeps the cause to itself', async () => {
    const { server, made, ended } = await serve({ idleMs: 60_000, failsAfter: 50 })
    const response = await fetch(server.url)
    await assert.rejects(response.text())
    await ended
    assert.equal(made.failures.length, 1)
    await server.close()
  })
})
