import assert from 'node:assert/strict'
import { test } from 'node:test'
import { driverFeatures } from '../features/driver.ts'
import { reasonsOf } from './reasons.ts'

const feature = (name: string, value: number | null, unit: string, shap: number) => ({ name, value, unit, shap })

test('reasonsOf tells the strongest first, with amount and effect, and at most five', () => {
  const reasons = reasonsOf([
    feature('night_share', 0.125, 'share', -0.02),
    feature('harsh_braking_rate', 3.14, '1/100 km', Math.log(1.2)),
    feature('speed_mean', 61.237, 'km/h', 0.0049),
  ])
  assert.deepEqual(
    reasons.map(({ text }) => text),
    [
      'Harsh braking (3.1 times per 100 km) raises the expected claims by 20 %.',
      'Driving between 23 and 4 h (12.5 % of the time) lowers the expected claims by 2 %.',
    ],
  )
  assert.equal(reasonsOf(driverFeatures.map(({ name, unit }) => feature(name, 1, unit, 0.1))).length, 5)
})

test('reasonsOf says that an unknown feature could not be judged', () => {
  const [reason] = reasonsOf([feature('speeding_share', null, 'share', 0.0488)])
  assert.equal(reason?.text, 'Driving above the limit could not be judged, which raises the expected claims by 5 %.')
  assert.equal(reason?.direction, 'raises')
})

test('reasonsOf has words for every driver feature', () => {
  for (const { name, unit } of driverFeatures) {
    const [reason] = reasonsOf([feature(name, 1, unit, 0.1)])
    assert.ok(reason && !reason.text.includes(name), name)
  }
})
