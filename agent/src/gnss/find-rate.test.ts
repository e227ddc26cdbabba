import assert from 'node:assert/strict'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { createClock } from '../clock.ts'
import type { Fix, SensorSink } from '../sensors.ts'
import { usualBauds } from './baud-hunt.ts'
import { sentencesOf } from './example-receiver.ts'
import { createFakeUblox } from './fake-ublox.ts'
import type { OpenPort } from './serial.ts'
import { type BaudMemory, createGnssSource } from './source.ts'

const everyMs = 20

/** A line to a receiver that is heard at one rate alone; at others it is as much noise. Its time is fast. */
const createLine = (receiver: ReturnType<typeof createFakeUblox>) => {
  const opened: number[] = []
  let n = 0
  const open: OpenPort = async (_path, baud) => {
    opened.push(baud)
    const bytes = new PassThrough()
    const say = (): void => {
      const epoch = { utcMs: Date.UTC(2026, 10, 23) + n++ * 1000, lat: 48 + n * 1e-5, lon: 11 }
      const { RMC, GGA } = sentencesOf({ ...epoch, altM: 1, speedMps: 1, courseDeg: 1, hdop: 1, satellites: 9 })
      const text = `${RMC}\r\n${GGA}\r\n`
      bytes.write(Buffer.from(text).map((byte) => (baud === receiver.state.baud ? byte : byte ^ 0x80 ^ (n % 127))))
    }
    const timer = setInterval(say, everyMs)
    receiver.onBytes((answer) => bytes.write(answer))
    return {
      bytes,
      write: (sent) => void (baud === receiver.state.baud && receiver.take(sent)),
      close: async () => clearInterval(timer),
    }
  }
  return { open, opened }
}

const run = async (
  { open, path = '/dev/ttyFAKE' }: ReturnType<typeof createLine> & { path?: string },
  settings: { ubloxHz?: number; memory?: BaudMemory },
  until: (troubles: (string | null)[], fixes: Fix[]) => boolean,
) => {
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
  const clock = createClock({ rate: 50 })
  const source = createGnssSource({
    path,
    baud: null,
    ubloxHz: settings.ubloxHz ?? null,
    buildMs: 0,
    // Its time is real to the source, so that its patience is soon over.
    clock: { ...clock, rate: 1 },
    open,
    ...(settings.memory && { memory: settings.memory }),
  })
  const abort = new AbortController()
  const running = source.run(sink, abort.signal)
  while (!until(troubles, fixes)) await once(bell, 'call')
  abort.abort()
  await running
  return { fixes, troubles }
}

test('createGnssSource finds the rate of a receiver that is noise at any other, keeps it, and tells no trouble', async () => {
  const receiver = createFakeUblox({ protocol: '18.00' })
  receiver.state.baud = 57_600
  const line = createLine(receiver)
  let kept: number | null = null
  const memory: BaudMemory = {
    recall: () => kept,
    keep: (baud) => {
      kept = baud
    },
  }
  const { troubles } = await run(line, { memory }, (_, fixes) => fixes.length > 2)
  assert.deepEqual(line.opened, usualBauds.slice(0, usualBauds.indexOf(57_600) + 1))
  assert.equal(kept, 57_600)
  assert.deepEqual(troubles, [null])
  line.opened.length = 0
  await run(line, { memory }, (_, fixes) => fixes.length > 2)
  assert.deepEqual(line.opened, [57_600])
})

test('createGnssSource says once what it hears when no usual rate has a sentence, and goes on looking', async () => {
  const receiver = createFakeUblox({ protocol: '18.00' })
  receiver.state.baud = 31_250
  const line = createLine(receiver)
  const { troubles } = await run(line, {}, (told) => told.length > 0)
  assert.deepEqual(
    troubles.map((message) => message?.replace(/ in .*/, '')),
    ['GNSS receiver on /dev/ttyFAKE: no NMEA sentence at any usual baud rate; is it a GNSS receiver?; trying again'],
  )
  assert.deepEqual(line.opened, usualBauds)
})

test('createGnssSource makes a u-blox line faster for 10 Hz, goes on at that rate and sets it up', async () => {
  const receiver = createFakeUblox({ protocol: '34.10' })
  const line = createLine(receiver)
  const { troubles } = await run(line, { ubloxHz: 10 }, () => receiver.state.sentences.RMC === 1)
  assert.deepEqual(line.opened, [9600, 115_200])
  assert.equal(receiver.state.measureMs, 100)
  assert.deepEqual(troubles, [null])
})

test('createGnssSource reads a receiver that refuses its settings, and says so', async () => {
  const receiver = createFakeUblox({ protocol: '18.00', refuses: true })
  receiver.state.baud = 115_200
  const line = createLine(receiver)
  const { fixes, troubles } = await run(line, { ubloxHz: 5 }, (told, got) => told.length > 1 && got.length > 2)
  assert.equal(
    troubles.at(-1),
    'GNSS receiver on /dev/ttyFAKE: setting it up: message 06 08 was refused; it is used as it is',
  )
  assert.ok(fixes.some(({ lat }) => lat !== null))
})

test('createGnssSource goes on to the next rate where a port does not do one', async () => {
  const receiver = createFakeUblox({ protocol: '18.00' })
  receiver.state.baud = 38_400
  const line = createLine(receiver)
  const open: OpenPort = async (path, baud) => {
    if (baud === 9600) throw new Error('setting the rate: invalid argument')
    return line.open(path, baud)
  }
  const { troubles } = await run({ ...line, open, path: '/dev/null' }, {}, (_, fixes) => fixes.length > 0)
  assert.equal(line.opened[0], 38_400)
  assert.match(troubles[0] ?? '', /invalid argument; trying again in 0.25 s/)
})
