import type { TelematicsEvent } from '@fairmile/contract/telematics.ts'
import { quality } from '@fairmile/contract/telematics.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'

/** A telematics event before the outbox gives it its number. */
export type SecondSummary = Omit<TelematicsEvent, 'seq'>

const known = (value: number): number | null => (Number.isFinite(value) ? value : null)
const smaller = (a: number, b: number): number => (b < a || Number.isNaN(a) ? b : a)
const larger = (a: number, b: number): number => (b > a || Number.isNaN(a) ? b : a)

/** Sums up the motion samples of one second on the monotonic clock into what goes on the wire. */
export const createSecond = (onSecond: (summary: SecondSummary, tMs: number) => void) => {
  let second = Number.NaN
  let last: MotionSample | null = null
  let risk = Number.NaN
  let aLongMin = Number.NaN
  let aLongMax = Number.NaN
  let aLatMin = Number.NaN
  let aLatMax = Number.NaN
  let vertSquares = 0
  let vertCount = 0
  let yawRate = Number.NaN
  let bits = 0
  let allLost = quality.noFix | quality.noImu

  const flush = (): void => {
    if (last === null) return
    const sample = last
    last = null
    // A bit is told when any sample has it; no fix and no IMU only when no sample has one.
    const told = (bits & ~(quality.noFix | quality.noImu)) | allLost
    onSecond(
      {
        at: Math.round(sample.atMs),
        lat: known(sample.lat),
        lon: known(sample.lon),
        altM: known(sample.altM),
        speedMps: known(sample.speedMps),
        headingDeg: known(sample.headingDeg),
        hdop: known(sample.hdop),
        aLongMin: known(aLongMin),
        aLongMax: known(aLongMax),
        aLatMin: known(aLatMin),
        aLatMax: known(aLatMax),
        aVertRms: vertCount === 0 ? null : Math.sqrt(vertSquares / vertCount),
        yawRateMax: known(yawRate),
        limitKmh: known(sample.limitKmh),
        liveRisk: known(risk),
        quality: told,
      },
      sample.tMs,
    )
  }

  const start = (of: number): void => {
    second = of
    aLongMin = aLongMax = aLatMin = aLatMax = yawRate = Number.NaN
    vertSquares = vertCount = bits = 0
    allLost = quality.noFix | quality.noImu
  }

  return {
    push(sample: MotionSample, liveRisk: number): void {
      const of = Math.ceil(sample.tMs / 1000)
      if (of !== second) {
        flush()
        start(of)
      }
      last = sample
      risk = liveRisk
      aLongMin = smaller(aLongMin, sample.aLong)
      aLongMax = larger(aLongMax, sample.aLong)
      aLatMin = smaller(aLatMin, sample.aLat)
      aLatMax = larger(aLatMax, sample.aLat)
      if (!Number.isNaN(sample.aVert)) {
        vertSquares += sample.aVert * sample.aVert
        vertCount++
      }
      if (!(Math.abs(sample.yawRate) <= Math.abs(yawRate)) && !Number.isNaN(sample.yawRate)) yawRate = sample.yawRate
      bits |= sample.quality
      allLost &= sample.quality
      if (sample.tMs % 1000 === 0) flush()
    },
    /** Gives out a second that is not full: the end of a recording. */
    flush,
  }
}
