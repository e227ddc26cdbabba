import type { Vector } from './axes.ts'

/** Rates that a gyro may show at rest, one standard deviation, rad/s: cheap parts are off by up to 20 °/s. */
const priorSigma = 0.12
/** A bias that was found within the same five minutes, rad/s: warming up has moved it since. */
const knownSigma = 0.01
/** Mean of one second at rest, rad/s: an idling engine and people in their seats. */
const restSigma = 0.004
/** How fast a bias wanders as the part warms up, rad/s per √s: half a degree a second in eight minutes was seen. */
const walk = 4e-4
/** Roads go up as much as down, so on the mean a car neither rolls nor pitches: over a second by so much, rad/s. */
const levelSigma = 0.02
/** Turn by courses over a second, rad/s: a receiver's noise, successive seconds sharing half of it … */
const courseSigma = 0.06
/** … and how much of the turn is uncertain, for the lag of the course behind the gyro. */
const courseShare = 0.5

/** What a gyro shows when nothing turns. */
export interface GyroBias {
  /** rad/s in the device's axes. */
  readonly vector: Vector
  /** One standard deviation of the bias about the horizontal axes, rad/s. */
  readonly sigma: number
  /** A second at rest with these mean rates (three numbers from `offset` on). */
  rest(means: Float64Array, offset: number, dtS: number): void
  /** A stretch of driving with these mean rates; `courseRate` is the turn to the left by courses, rad/s, NaN where unknown. */
  drive(means: Float64Array, offset: number, up: Vector, courseRate: number, dtS: number): void
}

/** Estimates the bias of a gyro at rest, and about the vertical by the courses of the fixes too: some drives have no stop. */
export const createGyroBias = (known?: Vector): GyroBias => {
  const vector = known?.slice() ?? new Float64Array(3)
  let variance = (known ? knownSigma : priorSigma) ** 2
  let upVariance = variance

  const wander = (dtS: number): void => {
    variance += walk ** 2 * dtS
    upVariance += walk ** 2 * dtS
  }

  return {
    vector,
    get sigma() {
      return Math.sqrt(variance)
    },
    rest(means, offset, dtS) {
      wander(dtS)
      // A stretch whose rates cannot be a bias that is known well is no rest: somebody handles the device.
      const off = Math.hypot(
        means[offset]! - vector[0]!,
        means[offset + 1]! - vector[1]!,
        means[offset + 2]! - vector[2]!,
      )
      if (!(off < 5 * Math.sqrt(variance + restSigma ** 2))) return
      const gain = variance / (variance + restSigma ** 2)
      for (let i = 0; i < 3; i++) vector[i]! += gain * (means[offset + i]! - vector[i]!)
      variance *= 1 - gain
      upVariance = variance
    },
    drive(means, offset, up, courseRate, dtS) {
      wander(dtS)
      let turn = 0
      for (let i = 0; i < 3; i++) turn += (means[offset + i]! - vector[i]!) * up[i]!
      const known = !Number.isNaN(courseRate)
      const gain = known ? upVariance / (upVariance + courseSigma ** 2 + (courseShare * courseRate) ** 2) : 0
      const share = variance / (variance + levelSigma ** 2 / dtS)
      for (let i = 0; i < 3; i++) {
        const across = means[offset + i]! - vector[i]! - turn * up[i]!
        vector[i]! += share * across + (known ? gain * (turn - courseRate) * up[i]! : 0)
      }
      variance *= 1 - share
      upVariance *= 1 - gain
    },
  }
}
