import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Connection, createLiveSocket, parseLiveMessage, type SocketLike } from './live-socket.ts'

const update = {
  type: 'pricing_update',
  driverId: 'DRV-0001',
  policyId: 'POL-1',
  at: 1,
  receiptId: 'RCP-1',
  premiumMinor: 1,
  currency: 'EUR',
}

/** A world in which time moves when it is told to, and sockets open and close on command. */
function world({ random = () => 1 }: { random?: () => number } = {}) {
  const sockets: (SocketLike & { closed: boolean })[] = []
  const timers = new Map<number, { at: number; callback: () => void }>()
  const seen: Connection[] = []
  const messages: unknown[] = []
  let now = 0
  let nextTimer = 1
  const live = createLiveSocket({
    connect: () => {
      const socket = {
        onopen: null,
        onmessage: null,
        onclose: null,
        closed: false,
        close: () => (socket.closed = true),
      }
      sockets.push(socket as never)
      return socket as unknown as SocketLike
    },
    clock: {
      now: () => now,
      setTimeout: (callback, ms) => {
        timers.set(nextTimer, { at: now + ms, callback })
        return nextTimer++
      },
      clearTimeout: (timer) => timers.delete(timer as number),
    },
    random,
    onMessage: (message) => messages.push(message),
    onConnection: (connection) => seen.push(connection),
  })
  const pass = (ms: number) => {
    now += ms
    for (const [id, timer] of [...timers]) if (timer.at <= now && timers.delete(id)) timer.callback()
  }
  return { live, sockets, seen, messages, timers, pass, last: () => sockets.at(-1)! }
}

describe('createLiveSocket', () => {
  it('connects once, however often it is started', () => {
    const { live, sockets } = world()
    live.start()
    live.start()
    assert.equal(sockets.length, 1)
    assert.deepEqual(live.connection, { state: 'connecting' })
  })

  it('doubles the bound of the wait with each failure, and stops at the cap', () => {
    const { live, pass, last, seen } = world()
    live.start()
    const waits: number[] = []
    let now = 0
    for (let attempt = 0; attempt < 9; attempt++) {
      last().onclose?.()
      const connection = seen.at(-1)!
      assert.equal(connection.state, 'waiting')
      if (connection.state !== 'waiting') return
      waits.push(connection.retryAtMs - now)
      pass(connection.retryAtMs - now)
      now = connection.retryAtMs
    }
    assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  })

  it('draws the wait uniformly below the bound', () => {
    const { live, last } = world({ random: () => 0.25 })
    live.start()
    last().onclose?.()
    assert.deepEqual(live.connection, { state: 'waiting', retryAtMs: 125, attempt: 1 })
  })

  it('begins anew with short waits after a connection that lived', () => {
    const { live, last, pass } = world()
    live.start()
    for (let attempt = 0; attempt < 4; attempt++) {
      last().onclose?.()
      pass(30_000)
    }
    last().onopen?.()
    pass(5_000)
    last().onclose?.()
    assert.deepEqual(live.connection, { state: 'waiting', retryAtMs: 125_500, attempt: 1 })
  })

  it('keeps backing off where connections open and close at once', () => {
    const { live, last, pass } = world()
    live.start()
    last().onopen?.()
    last().onclose?.()
    pass(500)
    last().onopen?.()
    last().onclose?.()
    assert.deepEqual(live.connection, { state: 'waiting', retryAtMs: 1_500, attempt: 2 })
  })

  it('tries at once when asked while waiting, and leaves no timer behind', () => {
    const { live, last, sockets, timers } = world()
    live.start()
    last().onclose?.()
    live.retryNow()
    assert.equal(sockets.length, 2)
    assert.equal(timers.size, 0)
    live.retryNow()
    assert.equal(sockets.length, 2)
  })

  it('closes its socket when stopped and does not come back', () => {
    const { live, last, sockets, pass } = world()
    live.start()
    live.stop()
    live.stop()
    assert.equal(last().closed, true)
    last().onclose?.()
    pass(60_000)
    assert.equal(sockets.length, 1)
    assert.deepEqual(live.connection, { state: 'closed' })
  })

  it('hands on live messages, drops others and counts them', () => {
    const { live, last, messages } = world()
    live.start()
    last().onopen?.()
    for (const data of [JSON.stringify(update), '{', 'null', '{"type":"other"}']) last().onmessage?.({ data })
    assert.deepEqual(messages, [update])
    assert.equal(live.dropped, 3)
  })
})

describe('parseLiveMessage', () => {
  it('gives null for what is no live message', () => {
    for (const data of ['', '[]', '1', undefined, '{"type":1}']) assert.equal(parseLiveMessage(data), null)
  })
})
