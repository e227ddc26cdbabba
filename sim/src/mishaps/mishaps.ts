import type { Random } from '../random.ts'
import type { Vehicle } from '../vehicle/vehicle.ts'
import { drawBootSlam, drawDoorSlam, drawDrop, drawHandling, drawKnock } from './box-jolts.ts'
import type { Jolt } from './jolt.ts'
import { drawAntiLock, drawKerb, drawPothole, drawSpeedBump } from './road-jolts.ts'

/** How often a jolt happens to a car that goes so fast: mean metres or seconds between two. */
interface Habit {
  draw(random: Random, speedMps: number): Jolt
  fromMps: number
  toMps: number
  everyM?: number
  everyS?: number
}

/** More often than on any real road, so that ten thousand kilometres hold thousands of each. */
const habits: readonly Habit[] = [
  { draw: drawPothole, fromMps: 2, toMps: Number.POSITIVE_INFINITY, everyM: 1500 },
  { draw: drawKerb, fromMps: 1, toMps: 8, everyM: 300 },
  { draw: drawSpeedBump, fromMps: 3, toMps: 16, everyM: 1000 },
  { draw: drawDoorSlam, fromMps: 0, toMps: 0.1, everyS: 30 },
  { draw: drawBootSlam, fromMps: 0, toMps: 0.1, everyS: 90 },
  { draw: drawKnock, fromMps: 0, toMps: Number.POSITIVE_INFINITY, everyS: 600 },
  { draw: drawDrop, fromMps: 0, toMps: Number.POSITIVE_INFINITY, everyS: 1800 },
  { draw: drawHandling, fromMps: 0, toMps: 0.1, everyS: 120 },
]

/** Brakes harder than this are at their anti-lock. */
const ANTI_LOCK_MPS2 = -6.5
const ANTI_LOCK_S = 0.8

/** What befalls a car and its box on the way, crashes excepted. */
export interface Mishaps {
  /** The jolt that begins within the next `dt` seconds, or null. */
  step(dt: number, car: Vehicle): Jolt | null
  /** How many of each kind there were so far. */
  readonly counts: Readonly<Record<string, number>>
}

/** Creates the mishaps of one drive. */
export function createMishaps(random: Random): Mishaps {
  const counts: Record<string, number> = {}
  let antiLockS = 0
  const begin = (jolt: Jolt): Jolt => {
    counts[jolt.kind] = (counts[jolt.kind] ?? 0) + 1
    return jolt
  }
  return {
    counts,
    step(dt, car) {
      antiLockS -= dt
      if (car.aLong < ANTI_LOCK_MPS2 && antiLockS <= 0) {
        antiLockS = ANTI_LOCK_S
        return begin(drawAntiLock(random, ANTI_LOCK_S))
      }
      const moved = car.vx * dt
      for (const { draw, fromMps, toMps, everyM, everyS } of habits) {
        if (car.vx < fromMps || car.vx > toMps) continue
        const chance = everyM === undefined ? dt / everyS! : moved / everyM
        if (random.chance(chance)) return begin(draw(random, car.vx))
      }
      return null
    },
  }
}
