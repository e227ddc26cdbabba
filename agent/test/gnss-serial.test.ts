import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../src/clock.ts'
import { sentencesOf } from '../src/gnss/example-receiver.ts'
import { createFakeUblox } from '../src/gnss/fake-ublox.ts'
import { createGnssSource } from '../src/gnss/source.ts'
import type { Fix } from '../src/sensors.ts'
import { openPseudoTerminal } from './pseudo-terminal.ts'

/** A u-blox receiver on a pseudo-terminal: noise for who listens at another rate than its own. */
const plugIn = (protocol: string, baud: number) => {
  const receiver = createFakeUblox({ protocol })
  receiver.state.baud = baud
  const line = openPseudoTerminal()
  line.onData((bytes) => {
    if (line.baud() === receiver.state.baud) receiver.take(bytes)
  })
  receiver.onBytes(line.write)
  let n = 0
  const say = (): void => {
    n++
    const utcMs = Date.UTC(2026, 10, 23, 8) + n * 200
    const epoch = { utcMs, lat: 48 + n * 1e-5, lon: 11, altM: 1, speedMps: 1, courseDeg: 1, hdop: 1, satellites: 9 }
    const { RMC, GGA } = sentencesOf(epoch)
    const text = Buffer.from(`${RMC}\r\n${GGA}\r\n`)
    line.write(line.baud() === receiver.state.baud ? text : text.map((byte) => byte ^ (0x80 | (n % 127))))
  }
  const timer = setInterval(say, 200)
  return {
    receiver,
    line,
    unplug(): void {
      clearInterval(timer)
      line.close()
    },
  }
}

for (const protocol of ['18.00', '34.10'])
  test(`createGnssSource finds a receiver of protocol ${protocol} at 38400 baud on a real port, and sets it up to 10 Hz`, async () => {
    const { receiver, line, unplug } = plugIn(protocol, 38_400)
    const stop = new AbortController()
    const fixes: Fix[] = []
    const troubles: (string | null)[] = []
    const source = createGnssSource({
      path: line.path,
      baud: null,
      ubloxHz: 10,
      clock: createClock(),
      buildMs: Date.UTC(2026, 10, 1),
    })
    await source.run(
      {
        fix(fix) {
          fixes.push(fix)
          if (receiver.state.measureMs === 100 && receiver.state.sentences.GLL === 0 && fix.utcMs !== null) stop.abort()
        },
        imu: () => {},
        board: () => {},
        trouble: (_source, message) => troubles.push(message),
      },
      AbortSignal.any([stop.signal, AbortSignal.timeout(120_000)]),
    )
    unplug()
    assert.equal(receiver.state.baud, 115_200)
    assert.equal(receiver.state.measureMs, 100)
    assert.deepEqual(receiver.state.sentences, { RMC: 1, GGA: 1, GSA: 1, VTG: 0, GSV: 0, GLL: 0, GST: 0 })
    assert.ok(fixes.at(-1)?.utcMs)
    assert.deepEqual(troubles, [null])
  })
