import assert from 'node:assert/strict'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { createClock } from '../clock.ts'
import type { Fix, SensorSink } from '../sensors.ts'
import type { BytePort } from './serial.ts'
import { createGnssSource } from './source.ts'

const sentence = '$GPGLL,4916.45,N,12311.12,W,225444,A*31\r\n'

/** A sink that remembers, and tells who waits of each call. */
const createListener = () => {
  const fixes: Fix[] = []
  const troubles: (string | null)[] = []
  const bell = new EventTarget()
  const ring = () => bell.dispatchEvent(new Event('call'))
  const sink: SensorSink = {
    fix(fix) {
      fixes.push(fix)
      ring()
    },
    imu: () => {},
    board: () => {},
    trouble(_source, message) {
      troubles.push(message)
      ring()
    },
  }
  const until = async (holds: () => boolean) => {
    while (!holds()) await once(bell, 'call')
  }
  return { fixes, troubles, sink, until }
}

const portOf = (bytes: PassThrough): BytePort => ({ bytes, write: () => {}, close: async () => void bytes.destroy() })

test('createGnssSource opens a vanished port again and goes on', async () => {
  const { fixes, troubles, sink, until } = createListener()
  const ports: PassThrough[] = []
  // A fast clock makes the line's pauses short; opening again waits its real time.
  const source = createGnssSource({
    path: '/dev/ttyFAKE',
    baud: 9600,
    clock: createClock({ rate: 5 }),
    open: async () => {
      const bytes = new PassThrough()
      ports.push(bytes)
      bytes.write(sentence)
      return portOf(bytes)
    },
  })
  const abort = new AbortController()
  const running = source.run(sink, abort.signal)
  await until(() => fixes.length === 1)
  ports[0]?.destroy()
  await until(() => fixes.length === 2)
  assert.ok(troubles.some((message) => message?.includes('the port is gone; trying again in 0.25 s')))
  assert.equal(troubles.at(-1), null)
  abort.abort()
  await running
  assert.equal(source.counts.fixes, 2)
})

test('createGnssSource tells of silence, then opens the port again', async () => {
  const { troubles, sink, until } = createListener()
  const source = createGnssSource({
    path: '/dev/ttyFAKE',
    baud: 9600,
    clock: createClock({ rate: 200 }),
    open: async () => portOf(new PassThrough()),
  })
  const abort = new AbortController()
  const running = source.run(sink, abort.signal)
  await until(() => troubles.some((message) => message?.includes('silent for 5 s')))
  await until(() => troubles.some((message) => message?.includes('nothing was heard for 15 s')))
  abort.abort()
  await running
})

test('createGnssSource gives up at once on a setting that cannot be', async () => {
  const { sink } = createListener()
  const source = createGnssSource({
    path: '/dev/ttyFAKE',
    baud: -1,
    clock: createClock(),
    open: async () => {
      throw new TypeError('"baudRate" must be a number')
    },
  })
  await assert.rejects(source.run(sink, new AbortController().signal), TypeError)
})
