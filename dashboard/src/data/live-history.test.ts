import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LiveState } from '@fairmile/contract/live.ts'
import { LiveHistory } from './live-history.ts'
import type { SeriesTable } from './series-table.ts'

const state = (at: number, speedMps: number | null = 10, tripId: string | null = 'TRP-1'): LiveState => ({
  at,
  tripId,
  lat: null,
  lon: null,
  speedMps,
  headingDeg: null,
  limitKmh: 50,
  aLong: 9.80665,
  aLat: null,
  liveRisk: 20,
  tripDistanceM: 0,
  calibrationConfidence: 1,
  event: null,
})

const startAt = new Date(0).toISOString()

/** What is stored from one second to another, at 72 km/h. */
function stored(fromS: number, toS: number, stepS = 1): SeriesTable {
  const timeS: number[] = []
  for (let second = fromS; second <= toS; second += stepS) timeS.push(second)
  const unknown = timeS.map(() => null)
  return { timeS, speedKmh: timeS.map(() => 72), limitKmh: unknown, alongG: unknown, acrossG: unknown, risk: unknown }
}

describe('LiveHistory', () => {
  it('gives columns in km/h and g, with unknown as null', () => {
    const history = new LiveHistory()
    history.push(state(1000))
    history.push(state(2000, null))
    assert.deepEqual(history.table(), {
      timeS: [1, 2],
      speedKmh: [36, null],
      limitKmh: [50, 50],
      alongG: [1, 1],
      acrossG: [null, null],
      risk: [20, 20],
    })
  })

  it('leaves out what is not newer than the last', () => {
    const history = new LiveHistory()
    assert.equal(history.push(state(2000)), true)
    assert.equal(history.push(state(2000)), false)
    assert.equal(history.push(state(1000)), false)
    assert.deepEqual(history.table().timeS, [2])
  })

  it('breaks the line over a silence', () => {
    const history = new LiveHistory()
    history.push(state(1000))
    history.push(state(9000))
    assert.deepEqual(history.table().speedKmh, [36, null, 36])
  })

  it('begins anew with another trip, even where its clock is older, and goes on when the car is parked', () => {
    const history = new LiveHistory()
    history.push(state(9000, 10, 'TRP-2'))
    history.push(state(10_000, 0, null))
    assert.deepEqual(history.table().timeS, [9, 10])
    assert.equal(history.push(state(1000, 20, 'TRP-3')), true)
    assert.deepEqual(history.table().timeS, [1])
  })

  it('keeps the newest ten minutes', () => {
    const history = new LiveHistory()
    for (let second = 1; second <= 700; second++) history.push(state(second * 1000))
    const { timeS } = history.table()
    assert.deepEqual([timeS.length, timeS[0]], [600, 101])
  })

  it('is filled before and between the live states by what is stored, each moment once', () => {
    const history = new LiveHistory()
    for (const second of [10, 11, 12, 20, 21]) history.push(state(second * 1000))
    history.fill('TRP-1', startAt, stored(5, 19))
    const seconds = history.table().timeS
    assert.deepEqual(seconds, [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21])
    assert.equal(history.table().speedKmh[0], 72)
    history.fill('TRP-1', startAt, stored(1, 25))
    assert.deepEqual(history.table().timeS, [1, 2, 3, 4, ...seconds])
    assert.equal(history.hole, null)
  })

  it('tells the newest stretch of which nothing has come', () => {
    const history = new LiveHistory()
    history.push(state(30_000))
    assert.equal(history.hole, null)
    history.fill('TRP-1', startAt, stored(1, 0))
    assert.deepEqual(history.hole, { fromMs: 0, toMs: 30_000 })
    history.fill('TRP-1', startAt, stored(1, 20))
    assert.deepEqual(history.hole, { fromMs: 20_000, toMs: 30_000 })
    assert.deepEqual(history.table().speedKmh.slice(-3), [72, null, 36])
  })

  it('draws a long trip, of which each stored point stands for seconds, without breaks', () => {
    const history = new LiveHistory()
    history.push(state(101_000))
    history.fill('TRP-1', startAt, stored(1, 100, 9))
    assert.ok(!history.table().speedKmh.includes(null))
  })

  it('is not filled by another trip, nor beyond the newest state', () => {
    const history = new LiveHistory()
    history.push(state(3000))
    history.fill('TRP-2', startAt, stored(1, 2))
    assert.deepEqual(history.table().timeS, [3])
    history.fill('TRP-1', startAt, stored(2, 9))
    assert.deepEqual(history.table().timeS, [2, 3])
  })
})
