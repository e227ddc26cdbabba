import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { quality } from '@fairmile/contract/telematics.ts'
import { createTimeFloor } from './time-floor.ts'

const unset = quality.clockUnset

describe('createTimeFloor', () => {
  it('gives the build date to a clock that is in 1970', () => {
    assert.equal(createTimeFloor({ buildMs: 5000, lastAt: null })(12, unset), 5000)
  })

  it('goes on from the newest record of any boot while the clock is unset', () => {
    const floor = createTimeFloor({ buildMs: 5000, lastAt: 9000 })
    assert.deepEqual([floor(8000, unset), floor(9500, unset), floor(9400, unset)], [9000, 9500, 9500])
  })

  it('lets GNSS time correct a wrong guess once and then only go forward', () => {
    const floor = createTimeFloor({ buildMs: 5000, lastAt: 90_000 })
    assert.equal(floor(90_500, unset), 90_500)
    assert.equal(floor(20_000, 0), 20_000)
    assert.equal(floor(19_000, 0), 20_000)
    assert.equal(floor(19_500, unset), 20_000)
    assert.equal(floor(21_000, 0), 21_000)
  })

  it('does not keep a wrong date of GNSS for the rest of the boot', () => {
    const floor = createTimeFloor({ buildMs: 5000, lastAt: null })
    const wrong = Date.UTC(2038, 0)
    assert.deepEqual([floor(wrong, 0), floor(90_000, unset), floor(90_000, 0)], [wrong, wrong, 90_000])
    assert.equal(floor(89_000, 0), 90_000)
  })
})
