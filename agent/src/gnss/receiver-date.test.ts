import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Fix } from '../sensors.ts'
import { createReceiverDate } from './receiver-date.ts'

const buildMs = Date.UTC(2026, 10, 1)
const rolloverMs = 1024 * 7 * 86_400_000
const day = 86_400_000

const fixAt = (tMs: number, utcMs: number | null, lat: number | null = 52): Fix => ({
  tMs,
  utcMs,
  lat,
  lon: lat && 13,
  altM: null,
  speedMps: 10,
  courseDeg: 0,
  hdop: 1,
  satellites: 8,
  mode: lat === null ? 1 : 3,
})

/** What is believed of a receiver that tells these dates, a second apart. */
const believed = (utcMs: readonly (number | null)[]) => {
  const date = createReceiverDate({ buildMs })
  return { told: utcMs.map((utc, n) => date.take(fixAt(n * 1000, utc)).utcMs), counts: date.counts }
}
const seconds = (startMs: number, count: number): number[] =>
  Array.from({ length: count }, (_, n) => startMs + n * 1000)

test('createReceiverDate believes a date once three fixes agree on it', () => {
  const dates = seconds(Date.UTC(2026, 10, 23, 12), 5)
  const { told, counts } = believed(dates)
  assert.deepEqual(told, [null, null, ...dates.slice(2)])
  assert.deepEqual(counts, { rolledOverDates: 0, refusedDates: 0 })
})

test('createReceiverDate puts 9 April 2007 where it belongs: 1024 weeks later', () => {
  const { told, counts } = believed(seconds(Date.UTC(2007, 3, 9, 12), 3))
  assert.equal(told[2], Date.UTC(2026, 10, 23, 12, 0, 2))
  assert.equal(counts.rolledOverDates, 1)
})

test('createReceiverDate finds the true date however often the week has rolled over', () => {
  const trueDate = fc.integer({ min: buildMs, max: buildMs + rolloverMs - 10_000 })
  fc.assert(
    fc.property(trueDate, fc.integer({ min: 0, max: 2 }), (startMs, times) => {
      assert.equal(believed(seconds(startMs - times * rolloverMs, 3)).told[2], startMs + 2000)
    }),
    { seed: 1 },
  )
})

test('createReceiverDate lets no wrong fix in a good drive through, and loses no good one for it', () => {
  const offset = fc.oneof(fc.integer({ min: 3000, max: 15 * 365 * day }), fc.integer({ min: -9000 * day, max: -3000 }))
  fc.assert(
    fc.property(fc.dictionary(fc.integer({ min: 3, max: 59 }).map(String), offset), (wrong) => {
      const good = seconds(Date.UTC(2027, 5, 1), 60)
      const { told } = believed(good.map((utc, n) => utc + (wrong[n] ?? 0)))
      let inARow = 0
      for (let n = 3; n < 60; n++) {
        inARow = n in wrong ? inARow + 1 : 0
        if (inARow >= 10) return
        assert.equal(told[n], n in wrong ? null : good[n])
      }
    }),
    { seed: 1 },
  )
})

test('createReceiverDate refuses what lies more than twenty years ahead, however often it is told', () => {
  const { told, counts } = believed(seconds(Date.UTC(2060, 0, 1), 100))
  assert.ok(told.every((utc) => utc === null))
  assert.equal(counts.refusedDates, 100)
})

test('createReceiverDate comes back from a wrong date that it believed', () => {
  const good = seconds(Date.UTC(2026, 10, 23, 12), 20)
  const { told, counts } = believed([...seconds(Date.UTC(2038, 0, 1), 3), ...good])
  assert.deepEqual(told.slice(3, 12), Array(9).fill(null))
  assert.deepEqual(told.slice(12), good.slice(9))
  assert.equal(counts.refusedDates, 9)
})

test('createReceiverDate knows no summer time: UTC runs through the hours that clocks leave out and repeat', () => {
  for (const change of [Date.UTC(2027, 2, 28, 1), Date.UTC(2027, 9, 31, 1)]) {
    const dates = seconds(change - 5000, 10)
    assert.deepEqual(believed(dates).told.slice(2), dates.slice(2))
  }
})

test('createReceiverDate takes no date of a receiver without a position: it may be a guess of its own clock', () => {
  const date = createReceiverDate({ buildMs })
  const told = seconds(Date.UTC(2026, 10, 23), 5).map((utc, n) => date.take(fixAt(n * 1000, utc, null)).utcMs)
  assert.deepEqual(told, Array(5).fill(null))
})
