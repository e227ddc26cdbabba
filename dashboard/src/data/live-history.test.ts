import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LiveState } from '@fairmile/contract/live.ts'
import { LiveHistory } from './live-history.ts'

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
    assert.equal(history.length, 1)
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
    assert.equal(history.length, 600)
    assert.equal(history.table().timeS[0], 101)
  })
})
