import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleReasons } from '../../demos/samples/reasons.ts'
import { slidersOf } from './feature-sliders.ts'

describe('slidersOf', () => {
  it('takes what a driver can change and is known, first what raises the risk most', () => {
    const sliders = slidersOf(sampleReasons)
    assert.ok(sliders.length > 0 && sliders.length <= 5)
    for (const { advice: _, noAdvice, value } of sliders) assert.ok(noAdvice === null && value !== null)
    assert.equal(sliders[0]?.feature, 'harsh_braking_rate')
    assert.ok(!sliders.some(({ feature }) => feature === 'speed_mean'))
  })

  it('has a slider for everything that is advised, first of all', () => {
    const known = sampleReasons.features.filter(({ noAdvice, value }) => noAdvice === null && value !== null)
    const last = known.toSorted((a, b) => a.shap - b.shap)[0]!.feature
    assert.ok(!slidersOf(sampleReasons).some(({ feature }) => feature === last))
    assert.equal(slidersOf(sampleReasons, [last])[0]?.feature, last)
  })

  it('reaches twice the present value, never beyond the whole, and somewhere from nothing', () => {
    const [known] = slidersOf(sampleReasons)
    const of = (value: number, unit: string) =>
      slidersOf({ ...sampleReasons, features: [{ ...known!, value, unit }] })[0]?.most
    assert.equal(of(3, '1/100 km'), 6)
    assert.equal(of(0, '1/100 km'), 2)
    assert.equal(of(0.7, 'share'), 1)
  })
})
