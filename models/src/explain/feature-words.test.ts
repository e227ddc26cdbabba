import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knownDriverFeatures } from '../features/driver.ts'
import { featureWords, wordsOf } from './feature-words.ts'

test('featureWords has an entry for every driver feature, and no other', () => {
  assert.deepEqual(Object.keys(featureWords).toSorted(), knownDriverFeatures.map(({ name }) => name).toSorted())
})

test('featureWords has a code of its own for each feature, and an advice or a reason why there is none', () => {
  const all = Object.entries(featureWords)
  assert.equal(new Set(all.map(([, { code }]) => code)).size, all.length)
  for (const [name, { code, subject, advice, noAdvice }] of all) {
    assert.match(code, /^[A-Z]{2}-\d{2}$/, name)
    assert.match(subject, /^[A-Z].*[^.]$/, name)
    assert.equal((advice === null) === (noAdvice === null), false, name)
    if (advice) assert.match(advice, /^[A-Z][^!]*\.$/, name)
  }
})

test('featureWords gives advice only where the model is monotone, so that to follow it costs nothing', () => {
  for (const { name, monotone } of knownDriverFeatures)
    assert.ok(wordsOf(name).advice === null || monotone !== 0, `${name} is free: its advice could cost something`)
})

test('featureWords gives a shift worker no advice on the hours', () => {
  assert.equal(wordsOf('night_share').advice, null)
  assert.match(wordsOf('night_share').noAdvice ?? '', /shifts/)
})

/** What notices have said already: a code never moves to another feature. */
const told = `above_110_share SP-06, above_130_share SP-07, acceleration_between_trips HB-11, acceleration_share PD-04, alat_rms PD-11,
along_rms PD-10, braking_between_trips HB-10, braking_share PD-02, calm_jerk_share PD-13, coasting_share PD-06,
cornering_between_trips HB-12, cornering_share PD-08, evening_share HB-02, excessive_speeding_share SP-11, extreme_jerk_share PD-15,
gentle_braking_share PD-01, gentle_cornering_share PD-07, hard_acceleration_share PD-05, hard_braking_share PD-03,
hard_cornering_share PD-09, harsh_acceleration_rate EV-02, harsh_braking_rate EV-01, harsh_cornering_rate EV-03,
harsh_lane_change_rate EV-04, high_jerk_share PD-14, idle_share SP-09, jerk_between_trips HB-13, jerk_rms PD-12, long_trip_share HB-08,
night_share HB-01, phone_share EV-06, rush_share HB-03, short_trip_share HB-07, slow_share SP-04, speed_between_trips HB-09,
speed_mean SP-01, speed_std SP-02, speed_top SP-03, speeding_between_trips HB-14, speeding_rate EV-05, speeding_share SP-10,
stop_rate SP-08, trip_km HB-05, trip_minutes HB-06, urban_share SP-05, weekend_share HB-04`

test('featureWords keeps the codes that were given out', () => {
  for (const pair of told.split(/,\s+/)) {
    const [name = '', code] = pair.split(' ')
    assert.equal(wordsOf(name).code, code, name)
  }
})
