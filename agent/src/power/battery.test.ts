import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createBatteryWatch } from './battery.ts'

/** Pushes a voltage once a second for so long, and gives the last answer. */
const hold = (watch: ReturnType<typeof createBatteryWatch>, fromS: number, seconds: number, mv: number | null) => {
  let answer = false
  for (let s = fromS; s < fromS + seconds; s++) answer = watch.push(s * 1000, mv)
  return answer
}

describe('createBatteryWatch', () => {
  it('takes a starter’s dip for no empty battery', () => {
    const watch = createBatteryWatch()
    assert.equal(hold(watch, 0, 5, 9_000), false)
    assert.equal(hold(watch, 5, 100, 12_600), false)
  })

  it('says that a battery is low after a minute, and well again only where it has recovered', () => {
    const watch = createBatteryWatch()
    assert.equal(hold(watch, 0, 60, 12_190), false)
    assert.equal(hold(watch, 60, 2, 12_190), true)
    assert.equal(hold(watch, 62, 60, 12_400), true, 'a load was switched off')
    assert.equal(hold(watch, 122, 1, 12_500), false)
    assert.equal(hold(watch, 123, 59, 12_190), false)
  })

  it('knows a 24 V system by its voltage', () => {
    const watch = createBatteryWatch()
    assert.equal(hold(watch, 0, 61, 24_300), true)
    assert.equal(hold(watch, 61, 1, 25_000), false)
  })

  it('says nothing of a voltage that is not measured, or of no battery', () => {
    const watch = createBatteryWatch()
    assert.equal(hold(watch, 0, 100, null), false)
    assert.equal(hold(watch, 100, 100, 5_000), false)
    assert.equal(hold(watch, 200, 61, 12_000), true)
    assert.equal(hold(watch, 261, 5, null), true)
    watch.reset()
    assert.equal(hold(watch, 266, 5, 12_000), false)
  })
})
