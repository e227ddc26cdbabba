import { DEG_PER_RAD } from '@fairmile/contract/units.ts'
import { dot, norm, type Vector } from './axes.ts'
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

/** Watches whether the device still sits as it was found to. */
export const createMountWatch = (gravityIncluded: boolean) => {
  const lean = new Float64Array(3)
  let leanS = 0
  let restS = 0
  // Sum of measured × conjugate of expected horizontal acceleration, as a complex number, and their squares.
  let real = 0
  let imaginary = 0
  let expected = 0
  let measured = 0

  const offDeg = (force: Vector, rest: Vector): number =>
    Math.acos(Math.max(-1, Math.min(1, dot(force, rest) / (norm(force) * norm(rest))))) * DEG_PER_RAD

  const reset = (): void => {
    leanS = restS = real = imaginary = expected = measured = 0
  }

  return {
    reset,
    /** A second at rest with this mean specific force; true when the device was moved. */
    rest({ rest }: MountState, force: Vector): boolean {
      if (!gravityIncluded || rest === null) return false
      restS = offDeg(force.subarray(0, 3), rest) > movedDeg ? restS + 1 : 0
      return restS >= minRestS
    },
    /** A second of driving with this mean specific force, accelerations by GNSS and gyro; true when the device was moved. */
    drive({ rest, rotation }: MountState, force: Vector, aLong: number, aLat: number): boolean {
      restS = 0
      if (rest === null || rotation === null) return false
      if (gravityIncluded) {
        leanS = Math.min(leanS + 1, leanSeconds)
        for (let i = 0; i < 3; i++) {
          const unexplained = force[i]! - aLong * rotation[i]! - aLat * rotation[3 + i]!
          lean[i]! += (unexplained - lean[i]!) / leanS
        }
        if (leanS >= leanSeconds && offDeg(lean, rest) > movedDeg) return true
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
      if (expected < minTurnEvidence) return false
      const coherence = Math.hypot(real, imaginary) / Math.sqrt(expected * measured)
      return coherence > minCoherence && Math.abs(Math.atan2(imaginary, real)) * DEG_PER_RAD > turnedDeg
    },
  }
}
