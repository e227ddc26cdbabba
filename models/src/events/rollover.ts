import { DEG_PER_RAD } from '@fairmile/contract/units.ts'
import type { CrashThreshold } from './crash-threshold.ts'

/** Time constant of the short mean that gravity is seen in, milliseconds: longer than any blow. */
const shortMs = 500
/** A car that lies still feels gravity alone: the short mean's size in m/s². */
const leastForce = 6
const mostForce = 14
/** A box that lies otherwise for so long was mounted anew: its rest is learnt again. */
const relearnMs = 30_000
/** A box that fell off its mount lies otherwise too, and is picked up: nothing is judged by it for this long. */
const fellMs = 60_000

/** Watches how the car lies. */
export interface Rollover {
  /** Gravity is elsewhere than it was: the rest must not be learnt from it. */
  readonly tilted: boolean
  /** Takes a sample and which way was up; true once for each time that the car has rolled over and lies still. */
  push(tMs: number, stepMs: number, fx: number, fy: number, fz: number, up: Float64Array): boolean
  /** Tells the car's speed, m/s; NaN where it is unknown. */
  speed(tMs: number, mps: number): void
  /** The box was in free fall. */
  fell(tMs: number): void
}

/** Makes the watch of one device. */
export function createRollover({ rollover: rule }: CrashThreshold): Rollover {
  const most = Math.cos(rule.tiltDeg / DEG_PER_RAD)
  let mx = 0
  let my = 0
  let mz = 0
  let sinceMs = Number.NaN
  let told = false
  let speedMps = Number.NaN
  let movedAtMs = Number.NEGATIVE_INFINITY
  let fellAtMs = Number.NEGATIVE_INFINITY
  return {
    get tilted() {
      return !Number.isNaN(sinceMs)
    },
    speed(tMs, mps) {
      speedMps = mps
      if (mps >= rule.movedMps) movedAtMs = tMs
    },
    fell(tMs) {
      fellAtMs = tMs
    },
    push(tMs, stepMs, fx, fy, fz, up) {
      const gain = Math.min(1, stepMs / shortMs)
      mx += gain * (fx - mx)
      my += gain * (fy - my)
      mz += gain * (fz - mz)
      const size = Math.sqrt(mx * mx + my * my + mz * mz)
      const known = up[0] !== 0 || up[1] !== 0 || up[2] !== 0
      if (!known || mx * up[0]! + my * up[1]! + mz * up[2]! > most * size || tMs - sinceMs > relearnMs) {
        sinceMs = Number.NaN
        told = false
        return false
      }
      if (Number.isNaN(sinceMs)) sinceMs = tMs
      const moved = sinceMs - movedAtMs <= rule.movedMs
      const still = size >= leastForce && size <= mostForce && !(speedMps > rule.standingMps)
      if (told || !moved || !still || tMs - fellAtMs <= fellMs) return false
      if (tMs - sinceMs < rule.holdMs || tMs - sinceMs > rule.stopMs) return false
      told = true
      return true
    },
  }
}
