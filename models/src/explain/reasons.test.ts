import assert from 'node:assert/strict'
import { test } from 'node:test'
import { driverFeatures } from '../features/driver.ts'
import { amountOf, reasonsOf } from './reasons.ts'

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

test('reasonsOf says what to do about what raises the risk, was judged and can be changed', () => {
  const adviceOf = (name: string, value: number | null, shap: number) =>
    reasonsOf([feature(name, value, '1/100 km', shap)])[0]?.advice
  assert.match(adviceOf('harsh_braking_rate', 3, 0.1) ?? '', /two seconds/)
  assert.equal(adviceOf('harsh_braking_rate', 0, -0.1), null)
  assert.equal(adviceOf('harsh_braking_rate', null, 0.1), null)
  assert.equal(adviceOf('night_share', 0.4, 0.1), null)
})

test('reasonsOf gives each reason its code, and tells a spread between trips as one', () => {
  const [reason] = reasonsOf([feature('braking_between_trips', 0.012, 'share', 0.1)])
  assert.equal(reason?.code, 'HB-10')
  assert.match(reason?.text ?? '', /\(± 1\.2 % of the time\)/)
})

test('amountOf has as many digits as a person reads, and calls little not nothing', () => {
  const of = (value: number, unit: string): string => amountOf({ name: 'any', value, unit })
  assert.deepEqual(
    [of(172.61, 'km/h'), of(188.61, 'min'), of(203.84, 'km'), of(5.27, 'km'), of(0.73, 'm/s²'), of(10, 'm/s')],
    ['173 km/h', '189 min', '204 km', '5.3 km', '0.7 m/s²', '36 km/h'],
  )
  assert.deepEqual(
    [of(0, 'share'), of(0.0004, 'share'), of(0.0004, 'share of km'), of(0.04, '1/100 km')],
    ['0 % of the time', 'under 0.1 % of the time', 'under 0.1 % of the kilometres', 'under 0.1 times per 100 km'],
  )
})
