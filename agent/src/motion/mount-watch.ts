import { DEG_PER_RAD } from '@fairmile/contract/units.ts'
import { angleDeg, type Vector } from './axes.ts'
import type { MountState } from './calibration.ts'

/** Gravity that lies this far off is no slope: the steepest streets are 20 % (11°). */
const movedDeg = 14
/** Seconds over which what driving does not explain must hang together before it is believed. */
const leanSeconds = 8
/** Memory of the direction of manoeuvres, seconds, and the evidence asked, (m/s²)²·s: a few firm ones. */
const turnSeconds = 60
const minTurnEvidence = 15
/** A yaw that manoeuvres say is off by so much, and agree on, is another mount. */
const turnedDeg = 30
const minCoherence = 0.8
/** Seconds at rest with gravity elsewhere, before that is believed: somebody may lean on the car. */
const minRestS = 2
/** A second with gravity as near as this to where it should be is one of a device that surely sits as it did. */
const sureDeg = 5

/** What was found of the device: gravity elsewhere, or manoeuvres that point elsewhere. */
export type Move = 'tilted' | 'turned'

/** Watches whether the device still sits as it was found to. */
export const createMountWatch = (gravityIncluded: boolean) => {
  const lean = new Float64Array(3)
  const unexplained = new Float64Array(3)
  let leanS = 0
  let restS = 0
  // Sum of measured × conjugate of expected horizontal acceleration, as a complex number, and their squares.
  let real = 0
  let imaginary = 0
  let expected = 0
  let measured = 0
  let sureMs = Number.NaN
  let doubtful = false

  const reset = (): void => {
    leanS = restS = real = imaginary = expected = measured = 0
    doubtful = false
  }

  return {
    reset,
    /** Begin of the last second in which the device surely sat as it did; NaN before any. */
    get sureMs() {
      return sureMs
    },
    /** Gravity was elsewhere in the last second: nothing is to be learned of it, until it is known what it was. */
    get doubtful() {
      return doubtful
    },
    /** A second at rest from `fromMs` on with this mean specific force. */
    rest({ rest }: MountState, force: Vector, fromMs: number): Move | null {
      if (!gravityIncluded || rest === null) return null
      const offDeg = angleDeg(force.subarray(0, 3), rest)
      if (offDeg < sureDeg) sureMs = fromMs
      doubtful = offDeg > movedDeg
      restS = doubtful ? restS + 1 : 0
      return restS >= minRestS ? 'tilted' : null
    },
    /** A second of driving from `fromMs` on with this mean specific force, accelerations by GNSS and gyro. */
    drive({ rest, rotation }: MountState, force: Vector, aLong: number, aLat: number, fromMs: number): Move | null {
      restS = 0
      if (rest === null || rotation === null) return null
      if (gravityIncluded) {
        leanS = Math.min(leanS + 1, leanSeconds)
        for (let i = 0; i < 3; i++) {
          unexplained[i] = force[i]! - aLong * rotation[i]! - aLat * rotation[3 + i]!
          lean[i]! += (unexplained[i]! - lean[i]!) / leanS
        }
        const offDeg = angleDeg(unexplained, rest)
        doubtful = offDeg > movedDeg
        if (offDeg < sureDeg) sureMs = fromMs
        if (leanS >= leanSeconds && angleDeg(lean, rest) > movedDeg) return 'tilted'
      }
      let x = 0
      let y = 0
      for (let i = 0; i < 3; i++) {
        x += rotation[i]! * (force[i]! - rest[i]!)
        y += rotation[3 + i]! * (force[i]! - rest[i]!)
      }
      const keep = 1 - 1 / turnSeconds
      real = keep * real + x * aLong + y * aLat
      imaginary = keep * imaginary + y * aLong - x * aLat
      expected = keep * expected + aLong * aLong + aLat * aLat
      measured = keep * measured + x * x + y * y
      if (expected < minTurnEvidence) return null
      const coherence = Math.hypot(real, imaginary) / Math.sqrt(expected * measured)
      const turned = coherence > minCoherence && Math.abs(Math.atan2(imaginary, real)) * DEG_PER_RAD > turnedDeg
      return turned ? 'turned' : null
    },
  }
}
