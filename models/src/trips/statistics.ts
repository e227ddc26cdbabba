import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import { quality } from '@fairmile/contract/telematics.ts'
import { accelerationBinsG, jerkBinsMps3, speedBinsKmh, type TripStatistics } from '@fairmile/contract/trip.ts'
import { G_MPS2, KMH_PER_MPS } from '@fairmile/contract/units.ts'
import { isGradable, isSpeedingGradable } from '../events/grade.ts'
import { createLowPass } from '../events/low-pass.ts'
import { bandBeginsKmh, type Thresholds } from '../events/thresholds.ts'
import type { MotionSample } from '../motion.ts'
import { createLocalTime } from './local-time.ts'
import { counted, emptyStatistics } from './merge-statistics.ts'
import { addTo } from './shares.ts'
import { tripRules } from './trip.ts'

/** Longest step that is still driving, in seconds; beyond it nothing is known of the way between two samples. */
const maxStepS = 2
/** A stop is a standstill of at least this long, seconds. */
const stopS = 2

/** Adds up a trip, sample by sample; `push` allocates nothing. */
export interface StatisticsAccumulator {
  /** @param liveRisk 0–100, NaN where there is none */
  push(sample: MotionSample, liveRisk: number): void
  addEvent(event: Pick<DrivingEvent, 'kind' | 'band' | 'grade'>): void
  /** Kilometres so far, in metres. */
  readonly distanceM: number
  /** The live risk so far: ∫risk dt, and the seconds it was known. */
  readonly risk: Readonly<Pick<TripStatistics, 'riskSum' | 'riskS'>>
  /** A copy of the sums so far, without the standstill at the end: a trip ends with its last motion. */
  result(): TripStatistics
  /** Starts anew. */
  reset(): void
}

/**
 * An accumulator of trip statistics.
 *
 * Distance is the integral of speed (trapezoid), nothing below `tripRules.standingMps`, so that a parked receiver drives
 * nowhere, nor one whose motion cannot be. Accelerations are low-passed at 2 Hz, as events are judged. They count only where a harsh event could be graded A, and
 * time with a known limit only where speeding could.
 * @param options.timeZone IANA name, for the hours of the day
 */
export function createStatistics(options: { thresholds: Thresholds; timeZone: string }): StatisticsAccumulator {
  const { thresholds } = options
  const localTime = createLocalTime(options.timeZone)
  const longFilter = createLowPass(thresholds.lowPassHz, thresholds.sampleHz, 'value')
  const latFilter = createLowPass(thresholds.lowPassHz, thresholds.sampleHz, 'value')
  let sums = emptyStatistics()
  let lastMs = Number.NaN
  let lastSpeed = Number.NaN
  let lastLong = Number.NaN
  /** Standing since the last motion, counted once the car moves again. */
  let standingS = 0

  function reset(): void {
    sums = emptyStatistics()
    lastMs = Number.NaN
    lastSpeed = Number.NaN
    lastLong = Number.NaN
    standingS = 0
    longFilter.reset()
    latFilter.reset()
  }

  function addMotion(sample: MotionSample, stepS: number): void {
    const { speedMps } = sample
    if (standingS > 0) {
      sums.idleS += standingS
      sums.durationS += standingS
      if (standingS >= stopS) sums.stops += 1
      standingS = 0
    }
    sums.movingS += stepS
    sums.durationS += stepS
    if (Number.isNaN(speedMps)) return
    const mean = Number.isNaN(lastSpeed) ? speedMps : (speedMps + lastSpeed) / 2
    sums.distanceM += mean * stepS
    if (isGradable(sample, thresholds.grade)) sums.gradableM += mean * stepS
    if (speedMps > sums.speedMaxMps) sums.speedMaxMps = speedMps
    sums.speedSum += mean * stepS
    sums.speedSquareSum += mean * mean * stepS
    addTo(sums.speedHistS, speedBinsKmh, speedMps * KMH_PER_MPS, stepS)
  }

  function addAccelerations(sample: MotionSample, aLong: number, aLat: number, stepS: number): void {
    if (Number.isNaN(aLong) || Number.isNaN(aLat) || !isGradable(sample, thresholds.grade)) return
    sums.imuS += stepS
    addTo(sums.aLongHistS, accelerationBinsG, aLong / G_MPS2, stepS)
    addTo(sums.aLatHistS, accelerationBinsG, aLat / G_MPS2, stepS)
    sums.aLongSquareSum += aLong * aLong * stepS
    sums.aLatSquareSum += aLat * aLat * stepS
    if (Number.isNaN(lastLong)) return
    const jerk = Math.abs(aLong - lastLong) / stepS
    addTo(sums.jerkHistS, jerkBinsMps3, jerk, stepS)
    sums.jerkSquareSum += jerk * jerk * stepS
  }

  function addPhone({ phoneUse }: MotionSample, stepS: number): void {
    if (Number.isNaN(phoneUse)) return
    sums.phoneKnownS += stepS
    if (phoneUse > 0) sums.phoneS += stepS
  }

  function addTime({ atMs }: MotionSample, stepS: number): void {
    const hour = localTime.hourAndWeekend(atMs)
    if (hour >= 0) sums.hourHistS[hour % 24]! += stepS
    if (hour >= 24) sums.weekendS += stepS
  }

  function addLimit(sample: MotionSample, stepS: number): void {
    const { speedMps, limitKmh } = sample
    if (Number.isNaN(limitKmh) || !isSpeedingGradable(sample, thresholds.grade)) return
    const over = speedMps * KMH_PER_MPS - limitKmh
    sums.limitKnownS += stepS
    const { log, coach, count } = thresholds.speeding.bands
    if (over > bandBeginsKmh(log, limitKmh)) sums.overLimitS[0] += stepS
    if (over > bandBeginsKmh(coach, limitKmh)) sums.overLimitS[1] += stepS
    if (over > bandBeginsKmh(count, limitKmh)) sums.overLimitS[2] += stepS
  }

  return {
    get distanceM() {
      return sums.distanceM
    },
    get risk() {
      return sums
    },
    push(sample, liveRisk) {
      const stepS = (sample.tMs - lastMs) / 1000
      lastMs = sample.tMs
      const implausible = (sample.quality & quality.implausible) !== 0
      const continuous = !implausible && stepS > 0 && stepS <= maxStepS // false for the first sample
      if (!(stepS * 1000 <= thresholds.maxGapMs)) {
        longFilter.reset()
        latFilter.reset()
        lastLong = Number.NaN
      }
      const blind = (sample.quality & (quality.uncalibrated | quality.noImu)) !== 0
      const aLong = longFilter.push(blind ? Number.NaN : sample.aLong)
      const aLat = latFilter.push(blind ? Number.NaN : sample.aLat)
      if (continuous) {
        if (sample.speedMps < tripRules.standingMps) standingS += stepS
        else {
          addMotion(sample, stepS)
          addAccelerations(sample, aLong, aLat, stepS)
          addTime(sample, stepS)
          addLimit(sample, stepS)
          addPhone(sample, stepS)
        }
        if (!Number.isNaN(liveRisk)) {
          sums.riskSum += liveRisk * stepS
          sums.riskS += stepS
        }
      }
      lastSpeed = implausible ? Number.NaN : sample.speedMps
      lastLong = implausible ? Number.NaN : aLong
    },
    addEvent(event) {
      sums.events = counted(sums.events, event)
    },
    result() {
      return structuredClone(sums)
    },
    reset,
  }
}
