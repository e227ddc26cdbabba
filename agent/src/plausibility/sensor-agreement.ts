import { quality } from '@fairmile/contract/telematics.ts'
import { DEG_PER_RAD } from '@fairmile/contract/units.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Calibration } from '../motion/calibration.ts'
import type { Fix } from '../sensors.ts'
import { type CourseSample, draggedVelocity } from './dragged-velocity.ts'
import type { ImplausibleReason } from './evidence.ts'
import { createQuietness } from './quietness.ts'

/** Steps of the integrals kept, 12.8 s at 10 Hz, and fixes that wait for the IMU of their time. */
const capacity = 128
const maxWaiting = 16
/** Fixes kept: four minutes at 1 Hz; those closer together are left out. */
const keptFixes = 256
const minStepMs = 900
/** A pause in the motion samples after which integrals mean nothing. */
const maxGapMs = 250
/** The mount must be known so well for the IMU to be held against the receiver. */
const minConfidence = 0.9

/** Speed changes are compared over this time, ms … */
const changeMs = [2500, 4500] as const
/** … may differ by so much, and by a share (the receiver's filter, slope, timing) … */
const changeMps = 1.5
const changeShare = 0.3
/** … and what is more is summed up (CUSUM after Page, Biometrika 41, 1954): no more a fix than this, … */
const mostExcessMps = 3
/** … and enough of it, m/s, is no accident. */
const alarmMps = 10

/** Courses are compared with the gyro's turns at three times so far apart, ms, in means over 6 s each. */
const courseSpansMs = [15_000, 30_000, 55_000] as const
const meanMs = 6000
const straightDeg = 8
const minCourseMps = 6
/**
 * What they may differ by: drift of the gyro and sideslip, the gyro's scale by the degrees turned, and so many standard
 * deviations of the means: between houses courses are noise.
 */
const courseDeg = 4
const courseShare = 0.05
const courseSigmas = 2.5
/** A car so slow, m/s, stands: its gyro's bias is found anew, and what was turned before is of another gyro. */
const stoppedMps = 0.5

/** A car that is so quiet, m/s², stands, whatever speed above this the receiver told for so long. */
const quietMps2 = 0.05
const standingMps = 0.9
const standingMs = 4000

/** A drag is sought over so many newest fixes, once in so many; it must be so large, m/s, and so sure. */
const drags = [
  { span: 60, sigmas: 6.5 },
  { span: 90, sigmas: 8 },
  { span: 120, sigmas: 9 },
] as const
const dragEvery = 5
const dragMps = 0.8

interface Comparison extends CourseSample {
  /** Course less the gyro's heading; NaN where there is no course. */
  offsetDeg: number
  /** Integrals of the IMU at the fix's time: acceleration, m/s, and degrees turned, whichever way. */
  gainedMps: number
  turnedDeg: number
}

const wrap = (deg: number): number => ((((deg + 180) % 360) + 360) % 360) - 180

/** Holds the receiver against the IMU: what it says of speed and course, against what was felt. */
export const createSensorAgreement = (calibration: () => Pick<Calibration, 'confidence' | 'lagMs'>) => {
  const times = new Float64Array(capacity)
  const gains = new Float64Array(capacity)
  const headings = new Float64Array(capacity)
  const turns = new Float64Array(capacity)
  const quiet = createQuietness()
  let steps = 0
  let gained = 0
  let heading = 0
  let turned = 0
  let waiting: Fix[] = []
  let kept: Comparison[] = []
  let sum = 0
  let compared = 0
  let dragged = false
  let stoppedMs = Number.NEGATIVE_INFINITY
  let reason: ImplausibleReason | null = null

  const forget = (): void => {
    steps = 0
    quiet.forget()
    waiting = []
    kept = []
    sum = 0
    dragged = false
    stoppedMs = Number.NEGATIVE_INFINITY
    reason = null
  }

  /** Integrals at a time within the steps kept, by the step before and after; null where they do not reach. */
  const integralsAt = (tMs: number): { gained: number; heading: number; turned: number } | null => {
    for (let n = steps - 1; n > Math.max(0, steps - capacity); n--) {
      const before = (n - 1) % capacity
      if (times[before]! > tMs) continue
      const slot = n % capacity
      const share = (tMs - times[before]!) / (times[slot]! - times[before]!)
      const at = (ring: Float64Array): number => ring[before]! + share * (ring[slot]! - ring[before]!)
      return { gained: at(gains), heading: at(headings), turned: at(turns) }
    }
    return null
  }

  const speedsPart = (now: Comparison): boolean => {
    const from = kept.findLast(({ tMs }) => now.tMs - tMs >= changeMs[0])
    if (from === undefined || now.tMs - from.tMs > changeMs[1]) return false
    const told = now.speedMps - from.speedMps
    const felt = now.gainedMps - from.gainedMps
    const allowed = changeMps + changeShare * Math.max(Math.abs(told), Math.abs(felt))
    const stepS = (now.tMs - (kept.at(-1)?.tMs ?? now.tMs)) / 1000
    const excess = Math.min(mostExcessMps, Math.abs(told - felt) - allowed)
    sum = Math.min(2 * alarmMps, Math.max(0, sum + excess * Math.min(2, stepS)))
    return sum > alarmMps
  }

  /** Mean around a time on a straight way; in a bend a receiver's course comes late. */
  const meanOffset = (aroundMs: number): { deg: number; variance: number; turnedDeg: number } | null => {
    let deg = 0
    let squares = 0
    let n = 0
    let first: Comparison | null = null
    let last: Comparison | null = null
    for (const one of kept) {
      if (Math.abs(one.tMs - aroundMs) > meanMs / 2 || Number.isNaN(one.offsetDeg)) continue
      first ??= one
      last = one
      deg += one.offsetDeg - first.offsetDeg
      squares += (one.offsetDeg - first.offsetDeg) ** 2
      n++
    }
    if (first === null || last === null || n < 3 || last.turnedDeg - first.turnedDeg > straightDeg) return null
    const variance = Math.max(0, squares / n - (deg / n) ** 2) / n
    return { deg: first.offsetDeg + deg / n, variance, turnedDeg: last.turnedDeg }
  }

  const coursesPart = (): boolean => {
    const nowMs = kept.at(-1)!.tMs - meanMs / 2
    const now = meanOffset(nowMs)
    if (now === null) return false
    return courseSpansMs.some((spanMs) => {
      const firstMs = nowMs - 2 * spanMs
      if (firstMs - meanMs / 2 <= stoppedMs) return false
      const before = meanOffset(nowMs - spanMs)
      const first = meanOffset(firstMs)
      if (before === null || first === null) return false
      // What changed as it changed before is the gyro's bias.
      const bent = Math.abs(now.deg - 2 * before.deg + first.deg)
      const noise = courseSigmas * Math.sqrt(now.variance + 4 * before.variance + first.variance)
      return bent > courseDeg + noise + courseShare * (now.turnedDeg - first.turnedDeg)
    })
  }

  /** Whether the car stood for the last seconds while the receiver had it drive. */
  const standsStill = (nowMs: number): boolean => {
    const told = kept.filter(({ tMs }) => nowMs - tMs <= standingMs)
    return told.length >= 3 && told.every(({ speedMps }) => speedMps > standingMps) && quiet.spread() < quietMps2
  }

  /** Whether the receiver tells a velocity on top of the car's own. */
  const isDragged = (): boolean =>
    drags.some(({ span, sigmas }) => {
      const drag = draggedVelocity(kept.slice(-span).filter(({ offsetDeg }) => !Number.isNaN(offsetDeg)))
      return drag !== null && drag.mps > dragMps && drag.sigmas > sigmas
    })

  const compare = (fix: Fix): void => {
    const felt = integralsAt(fix.tMs - calibration().lagMs)
    if (felt === null || fix.speedMps === null) return
    const last = kept.at(-1)
    if (last !== undefined && fix.tMs - last.tMs < minStepMs) return
    const course = fix.speedMps >= minCourseMps && fix.courseDeg !== null ? fix.courseDeg : Number.NaN
    const known = kept.findLast(({ offsetDeg }) => !Number.isNaN(offsetDeg))?.offsetDeg ?? 0
    const now: Comparison = {
      tMs: fix.tMs,
      speedMps: fix.speedMps,
      offsetDeg: known + wrap(course - felt.heading - known),
      headingDeg: felt.heading,
      turnRps: last === undefined ? 0 : ((felt.heading - last.headingDeg) / DEG_PER_RAD / (fix.tMs - last.tMs)) * 1000,
      gainedMps: felt.gained,
      turnedDeg: felt.turned,
    }
    const speeds = speedsPart(now)
    kept.push(now)
    if (now.speedMps <= stoppedMps) stoppedMs = now.tMs
    if (kept.length > keptFixes) kept.shift()
    if (++compared % dragEvery === 0) dragged = isDragged()
    reason = speeds || standsStill(now.tMs) ? 'speed_mismatch' : dragged || coursesPart() ? 'course_drift' : null
  }

  return {
    /** What does not agree since the newest fixes that could be compared; null where all does, or nothing can be said. */
    get reason() {
      return reason
    },
    forget,
    motion(sample: MotionSample): void {
      const { confidence } = calibration()
      const blind = (sample.quality & (quality.noImu | quality.uncalibrated)) !== 0 || confidence < minConfidence
      const stepMs = sample.tMs - (steps > 0 ? times[(steps - 1) % capacity]! : sample.tMs)
      if (blind || Number.isNaN(sample.aLong) || stepMs > maxGapMs || stepMs < 0) {
        if (steps > 0) forget()
        return
      }
      gained += (sample.aLong * stepMs) / 1000
      const turn = (-sample.yawRate * stepMs * DEG_PER_RAD) / 1000
      heading += turn
      turned += Math.abs(turn)
      quiet.push(sample)
      const slot = steps++ % capacity
      times[slot] = sample.tMs
      gains[slot] = gained
      headings[slot] = heading
      turns[slot] = turned
      while (waiting.length > 0 && waiting[0]!.tMs - calibration().lagMs <= sample.tMs) compare(waiting.shift()!)
    },
    fix(fix: Fix): void {
      if (steps === 0) return
      waiting.push(fix)
      if (waiting.length > maxWaiting) waiting.shift()
    },
  }
}
