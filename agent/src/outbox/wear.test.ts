import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createFakeAfter } from './example-records.ts'
import { createWear } from './wear.ts'

const minuteMs = 60_000

describe('createWear', () => {
  it('says nothing in the first ten minutes, then the bytes an hour since the start', () => {
    const timer = createFakeAfter()
    let [ms, bytes] = [5 * minuteMs, 1000]
    const told: number[] = []
    const wear = createWear({
      writtenBytes: () => bytes,
      nowMs: () => ms,
      after: timer.after,
      measured: (rate) => void told.push(rate),
    })
    for (let minute = 1; minute <= 12; minute++) {
      ms += minuteMs
      bytes += 50_000
      timer.ring()
      assert.equal(wear.bytesPerHour(), minute < 10 ? null : 3_000_000)
    }
    assert.equal(told.length, 3)
    wear.stop()
    assert.equal(timer.waitsMs(), null)
  })

  it('says nothing where it cannot be known', () => {
    const timer = createFakeAfter()
    let ms = 0
    const wear = createWear({
      writtenBytes: () => null,
      nowMs: () => ms,
      after: timer.after,
      measured: () => assert.fail(),
    })
    ms = 60 * minuteMs
    timer.ring()
    assert.equal(wear.bytesPerHour(), null)
  })
})
