import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleCrash, sampleEventDetail, sampleEvents } from '../../demos/samples/trips.ts'
import { nearestRow, tableOfCrash, tableOfPath, tableOfTrace } from './series-table.ts'

describe('tableOfPath', () => {
  it('puts points on epoch seconds, in km/h and g, and keeps unknown null', () => {
    const point = { tS: 3, lat: null, lon: null, speedMps: 10, aLong: -4.903325, aLat: null, risk: 7, limitKmh: null }
    const table = tableOfPath({ tripId: 'TRP-1', points: [point] }, '1970-01-01T00:01:00.000Z')
    assert.deepEqual(table, {
      timeS: [63],
      speedKmh: [36],
      limitKmh: [null],
      alongG: [-0.5],
      acrossG: [null],
      risk: [7],
    })
  })
})

describe('tableOfTrace', () => {
  it('gives null where no trace was kept', () => {
    assert.equal(tableOfTrace({ ...sampleEventDetail(sampleEvents[0]!), trace: null }), null)
  })

  it('gives columns of equal length around the start of the event', () => {
    const event = sampleEventDetail(sampleEvents[0]!)
    const table = tableOfTrace(event)!
    assert.ok(Object.values(table).every((column) => column.length === event.trace!.offsetMs.length))
    assert.equal(table.timeS[100], Date.parse(event.startAt) / 1000)
  })
})

describe('nearestRow', () => {
  it('finds the nearest time, also outside, and -1 in nothing', () => {
    const times = [1, 2, 4, 8]
    assert.deepEqual(
      [-5, 1.4, 1.6, 3.1, 7, 99].map((time) => nearestRow(times, time)),
      [0, 0, 1, 2, 3, 3],
    )
    assert.equal(nearestRow([], 1), -1)
    assert.equal(nearestRow([5], 1), 0)
  })
})

describe('tableOfCrash', () => {
  it('has the size of the force in g for a second on both sides', () => {
    const crash = sampleCrash()
    const table = tableOfCrash(crash)!
    const startS = Date.parse(crash.startAt) / 1000
    assert.deepEqual([table.timeS[0], table.timeS.at(-1)], [startS - 1, startS + 1])
    assert.ok(Math.abs(table.feltG![0]! - 1) < 0.1)
    assert.ok(Math.max(...(table.feltG as number[])) > 9)
    assert.equal(tableOfCrash(sampleEventDetail(sampleEvents[0]!)), null)
  })
})
