import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quality } from '@fairmile/contract/telematics.ts'
import { motionExample } from '../motion-example.ts'
import { type GradeFacts, gradeEvent, isGradable, isSpeedingGradable } from './grade.ts'
import { thresholds } from './thresholds.ts'

const good: GradeFacts = {
  sigmaG: 0.02,
  quality: 0,
  hdop: 1,
  speedKnown: true,
  traceKept: true,
  limitConfidence: Number.NaN,
  speedGapMps: 1,
  speedChangeMps: 5,
  lateralGap: 0.5,
  inCrash: false,
  judgedLater: false,
  crash: null,
  lateralMean: 4,
}

test('gradeEvent gives A only where every row is met', () => {
  const graded = (changes: Partial<GradeFacts>) =>
    gradeEvent('harsh_braking', { ...good, ...changes }, thresholds.grade)
  assert.deepEqual(graded({}), { grade: 'A', reasons: [] })
  assert.deepEqual(graded({ hdop: Number.NaN }), { grade: 'A', reasons: [] })
  assert.deepEqual(graded({ sigmaG: 0.021 }), { grade: 'B', reasons: ['calibration_sigma'] })
  assert.deepEqual(graded({ sigmaG: Number.NaN }), { grade: 'C', reasons: ['no_calibration'] })
  assert.deepEqual(graded({ speedKnown: false, speedGapMps: Number.NaN }).grade, 'C')
  assert.deepEqual(graded({ quality: quality.bridged }), { grade: 'B', reasons: ['fix_quality'] })
  assert.deepEqual(graded({ hdop: 9 }), { grade: 'B', reasons: ['fix_quality'] })
  assert.deepEqual(graded({ quality: quality.saturated }), { grade: 'B', reasons: ['saturated'] })
  assert.deepEqual(graded({ speedGapMps: 2.6 }), { grade: 'B', reasons: ['sensors_disagree'] })
  assert.deepEqual(graded({ traceKept: false }), { grade: 'B', reasons: ['no_trace'] })
})

test('gradeEvent compares the sides of cornering by speed and yaw rate', () => {
  const graded = (lateralGap: number) =>
    gradeEvent('harsh_cornering', { ...good, speedGapMps: 9, lateralGap }, thresholds.grade)
  assert.equal(graded(1.5).grade, 'A')
  assert.equal(graded(1.7).grade, 'B')
})

test('isGradable asks for calibration, fix, speed and accelerations', () => {
  assert.equal(isGradable(motionExample(), thresholds.grade), true)
  for (const changes of [
    { sigmaG: 0.03 },
    { sigmaG: Number.NaN },
    { quality: quality.noFix },
    { quality: quality.noImu },
    { speedMps: Number.NaN },
    { aLong: Number.NaN },
    { hdop: 5 },
  ])
    assert.equal(isGradable(motionExample(changes), thresholds.grade), false, JSON.stringify(changes))
})

test('gradeEvent grades speeding by the limit and the fixes, without an IMU', () => {
  const blind = { ...good, sigmaG: Number.NaN, quality: quality.noImu | quality.uncalibrated }
  const graded = (limitConfidence: number) => gradeEvent('speeding', { ...blind, limitConfidence }, thresholds.grade)
  assert.deepEqual(graded(0.95), { grade: 'A', reasons: [] })
  assert.deepEqual(graded(0.7), { grade: 'B', reasons: ['limit_confidence'] })
  assert.deepEqual(graded(Number.NaN), { grade: 'B', reasons: ['limit_confidence'] })
})

test('isSpeedingGradable asks for what speeding of grade A is asked for, moment by moment', () => {
  const sure = motionExample({ limitKmh: 50, limitConfidence: 0.9 })
  assert.equal(isSpeedingGradable(sure, thresholds.grade), true)
  for (const changes of [
    { limitConfidence: 0.89 },
    { limitConfidence: Number.NaN },
    { hdop: 4.1 },
    { quality: quality.noFix },
    { quality: quality.bridged },
    { quality: quality.implausible },
    { speedMps: Number.NaN },
  ]) {
    const sample = { ...sure, ...changes }
    assert.equal(isSpeedingGradable(sample, thresholds.grade), false, JSON.stringify(changes))
    const facts = { ...good, ...sample, speedKnown: !Number.isNaN(sample.speedMps) }
    assert.notEqual(gradeEvent('speeding', facts, thresholds.grade).grade, 'A', JSON.stringify(changes))
  }
  const blind = {
    ...sure,
    quality: quality.noImu | quality.uncalibrated | quality.saturated,
    sigmaG: Number.NaN,
    aLong: Number.NaN,
  }
  assert.equal(isSpeedingGradable(blind, thresholds.grade), true)
})
