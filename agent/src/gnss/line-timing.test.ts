import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Fix } from '../sensors.ts'
import { type ExampleType, sealed, sentencesOf } from './example-receiver.ts'
import { createFixTiming } from './fix-timing.ts'
import { createLineTiming } from './line-timing.ts'

const startMs = Date.UTC(2026, 10, 23, 8)
/** How long a receiver computes before it speaks. */
const computeMs = 60
const bitsPerByte = 10

interface Line {
  rateHz: number
  baud: number
  /** How often a USB adapter hands over what has come. */
  chunkMs: number
  order: readonly ExampleType[]
  /** Sentences that come before the first with a time. */
  views: number
}

const textOf = ({ order, views }: Line, utcMs: number, n: number): string => {
  const epoch = { utcMs, lat: 48 + n * 1e-5, lon: 11, altM: 500, speedMps: 9, courseDeg: 90, hdop: 1, satellites: 9 }
  const told = sentencesOf(epoch)
  const seen = Array.from({ length: views }, (_, i) => sealed(`GPGSV,4,${i},02,05,67,289,40,13,55,071,41,1`))
  return [...seen, ...order.map((type) => told[type])].map((one) => `${one}\r\n`).join('')
}
const fits = (line: Line): boolean =>
  (textOf(line, startMs, 0).length * bitsPerByte * 1000) / line.baud < (0.95 * 1000) / line.rateHz

/** What a receiver sends over a line of that speed, byte by byte, through the reader of lines; clocks start at 0. */
const play = (line: Line, epochs: number): Fix[] => {
  const fixes: Fix[] = []
  const onTime = createFixTiming()
  const timing = createLineTiming({ rate: 1, onFix: (fix) => fixes.push(onTime(fix)) })
  const byteMs = (bitsPerByte * 1000) / line.baud
  const bytes: { atMs: number; char: string }[] = []
  let freeMs = 0
  for (let n = 0; n < epochs; n++) {
    const atMs = Math.round((n * 1000) / line.rateHz)
    freeMs = Math.max(freeMs, atMs + computeMs)
    for (const char of textOf(line, startMs + atMs, n)) {
      freeMs += byteMs
      bytes.push({ atMs: freeMs, char })
    }
  }
  let next = 0
  let held = ''
  for (let nowMs = 0; next < bytes.length; nowMs += line.chunkMs) {
    const from = next
    while (next < bytes.length && (bytes[next]?.atMs as number) <= nowMs) held += bytes[next++]?.char
    if (next > from) timing.bytes(nowMs)
    const lines = held.split('\n')
    held = lines.pop() as string
    for (const text of lines) timing.line(text, nowMs)
    timing.rest(nowMs)
  }
  timing.end()
  return fixes
}

const order = fc.shuffledSubarray(['RMC', 'GGA', 'GSA', 'VTG', 'GLL'] as const, { minLength: 3 })
const line = fc
  .record({
    rateHz: fc.constantFrom(1, 2, 5, 10),
    baud: fc.constantFrom(4800, 9600, 38_400, 115_200),
    chunkMs: fc.constantFrom(1, 4, 16),
    order: order.filter((types) => types.includes('RMC')),
    views: fc.constantFrom(0, 0, 4),
  })
  .filter(fits)

test('createLineTiming puts every fix at the start of its epoch at 1 to 10 Hz, whatever the line’s speed and order', () => {
  fc.assert(
    fc.property(line, (one) => {
      const fixes = play(one, 30)
      assert.equal(fixes.length, 30)
      for (const { tMs, utcMs } of fixes.slice(5)) {
        const errorMs = tMs - ((utcMs as number) - startMs + computeMs)
        // A line that hardly rests hides where an epoch begins: then it is put at its first sentence with a time, to a gap.
        const byteMs = (bitsPerByte * 1000) / one.baud
        const hides = 1000 / one.rateHz - textOf(one, startMs, 0).length * byteMs <= 20 + 2 * one.chunkMs
        const lateMs = 2 * one.chunkMs + 2 + byteMs + (hides ? (one.views * 45 + 150) * byteMs : 0)
        assert.ok(errorMs >= (hides ? -21 - one.chunkMs : -1) && errorMs <= lateMs, `${errorMs} ms off`)
      }
    }),
    { seed: 1, numRuns: 100 },
  )
})
