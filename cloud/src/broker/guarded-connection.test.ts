import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { after, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { guardConnection } from './guarded-connection.ts'

const kib = 1024

/** Looks every millisecond until it holds; the test's own time-out ends what never does. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(1)
}

describe('guardConnection', () => {
  it('reads two chunks at most of who is held up, whatever its reader takes, and all of it afterwards', {
    timeout: 20_000,
  }, async () => {
    const server = createServer().listen(0, '127.0.0.1')
    after(() => server.close())
    await once(server, 'listening')
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
    const [socket] = (await once(server, 'connection')) as [Socket]
    const { connection, holdUntil } = guardConnection(socket, {
      ...{ guard: { check: () => null }, maxUnreadBytes: kib, isWaitedFor: () => false },
      onViolation: () => {},
    })
    let read = 0
    connection.on('readable', () => {
      for (let chunk = connection.read(); chunk !== null; chunk = connection.read()) read += chunk.length
    })
    const works = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    for (const { promise } of works) holdUntil(promise)
    client.end(Buffer.alloc(8_192 * kib))
    await until(() => socket.isPaused())
    works[0]?.reject(new Error('not taken'))
    await new Promise((resolve) => setImmediate(resolve))
    assert.ok(read > 0 && read <= 256 * kib, `${read} bytes read`)
    assert.equal(socket.isPaused(), true)
    works[1]?.resolve()
    await until(() => read === 8_192 * kib)
  })
})
