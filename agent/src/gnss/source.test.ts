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
    ubloxHz: null,
    buildMs: 0,
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

test('createGnssSource opens a silent port again, and tells of its silence once', async () => {
  const { troubles, sink } = createListener()
  const fast = createClock({ rate: 100 })
  const bell = new EventTarget()
  let opened = 0
  const source = createGnssSource({
    path: '/dev/ttyFAKE',
    baud: 9600,
    ubloxHz: null,
    buildMs: 0,
    // Its time is real to the source, so that fifteen seconds of silence are soon over.
    clock: { ...fast, rate: 1 },
    open: async () => {
      opened++
      bell.dispatchEvent(new Event('open'))
      return portOf(new PassThrough())
    },
  })
  const abort = new AbortController()
  const running = source.run(sink, abort.signal)
  while (opened < 3) await once(bell, 'open')
  abort.abort()
  await running
  assert.deepEqual(troubles, ['GNSS receiver on /dev/ttyFAKE: silent for 5 s; is its cable in?'])
})

test('createGnssSource gives no date that a single fix tells', async () => {
  const { fixes, sink, until } = createListener()
  const checksums = ['69', '68', '6B', '6A']
  const rmc = (time: string, checksum: string) =>
    `$GPRMC,${time},A,4916.45,N,12311.12,W,000.5,054.7,231126,,,A*${checksum}\r\n`
  const bytes = new PassThrough()
  const source = createGnssSource({
    path: '/dev/ttyFAKE',
    baud: 9600,
    ubloxHz: null,
    buildMs: Date.UTC(2026, 10, 1),
    clock: createClock(),
    open: async () => portOf(bytes),
  })
  const abort = new AbortController()
  const running = source.run(sink, abort.signal)
  for (const n of [0, 1, 2, 3]) bytes.write(rmc(`22544${n}`, checksums[n] as string))
  await until(() => fixes.length === 4)
  abort.abort()
  await running
  assert.deepEqual(
    fixes.map(({ utcMs }) => utcMs),
    [null, null, Date.UTC(2026, 10, 23, 22, 54, 42), Date.UTC(2026, 10, 23, 22, 54, 43)],
  )
})

test('createGnssSource gives up at once on a setting that cannot be', async () => {
  const { sink } = createListener()
  const source = createGnssSource({
    path: '/dev/ttyFAKE',
    baud: -1,
    ubloxHz: null,
    buildMs: 0,
    clock: createClock(),
    open: async () => {
      throw new TypeError('"baudRate" must be a number')
    },
  })
  await assert.rejects(source.run(sink, new AbortController().signal), TypeError)
})
