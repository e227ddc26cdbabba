import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { Random } from '../random.ts'
import { halfSine, type Jolt } from './jolt.ts'

/** Distance of the axles, metres. */
const WHEELBASE_M = 2.7
/** Wheels on their tyres hop at about 11 Hz (T. Gillespie, Fundamentals of Vehicle Dynamics, 1992, chapter 5). */
const HOP_HZ = 11

/** A second axle meets the same thing a wheelbase later. */
const rearAfterS = (speedMps: number): number => WHEELBASE_M / Math.max(1, speedMps)

/**
 * A deep pothole: 2 to 6 g upwards at the dashboard within 20 to 45 ms where the springs bottom out, up to a half of it
 * backwards, and the wheel's hopping after it; half as much from the rear axle.
 */
export function drawPothole(random: Random, speedMps: number): Jolt {
  const peak = random.range(2, 6) * G_MPS2 * Math.min(1, 0.4 + speedMps / 20)
  const width = random.range(0.02, 0.045)
  const back = random.range(0.15, 0.5)
  const side = random.range(-0.25, 0.25)
  const rearS = rearAfterS(speedMps)
  return {
    kind: 'pothole',
    seconds: rearS + 0.4,
    at(t, out) {
      for (const [share, since] of [
        [1, t],
        [0.5, t - rearS],
      ] as const) {
        if (since < 0) continue
        const hit = share * peak * halfSine(since, width)
        const hop = 0.15 * share * peak * Math.exp(-since / 0.1) * Math.sin(2 * Math.PI * HOP_HZ * since)
        out.z += hit + hop
        out.x -= back * hit
        out.y += side * hit
      }
    },
  }
}

/** A kerb taken at a walk or a little faster: 1 to 4 g upwards, 0.5 to 2.2 g backwards for 30 to 60 ms, by each axle. */
export function drawKerb(random: Random, speedMps: number): Jolt {
  const up = random.range(1, 4) * G_MPS2
  const back = random.range(0.5, 2.2) * G_MPS2
  const side = random.range(-0.8, 0.8) * G_MPS2
  const width = random.range(0.03, 0.06)
  const rearS = rearAfterS(speedMps)
  return {
    kind: 'kerb',
    seconds: rearS + 0.3,
    at(t, out) {
      for (const since of [t, t - rearS]) {
        const hit = halfSine(since, width)
        out.z += up * hit
        out.x -= back * hit
        out.y += side * hit
        if (since > 0) out.turnX += 0.6 * Math.exp(-since / 0.15) * Math.sin(2 * Math.PI * 2 * since)
      }
    },
  }
}

/** A speed bump: the body goes up and down by 0.6 to 2 g within a quarter to half a second, and lands hard where it was taken fast. */
export function drawSpeedBump(random: Random, speedMps: number): Jolt {
  const peak = random.range(0.6, 2) * G_MPS2
  const period = random.range(0.25, 0.5)
  const landing = random.chance(0.3) ? random.range(1, 3) * G_MPS2 : 0
  const rearS = rearAfterS(speedMps)
  return {
    kind: 'speed bump',
    seconds: rearS + period + 0.2,
    at(t, out) {
      for (const since of [t, t - rearS]) {
        if (since < 0 || since > period + 0.05) continue
        const swing = since <= period ? Math.sin((2 * Math.PI * since) / period) : 0
        out.z += peak * swing + landing * halfSine(since - period, 0.04)
        out.x -= 0.15 * peak * swing + 0.2 * landing * halfSine(since - period, 0.04)
        out.turnY += 0.8 * swing
      }
    },
  }
}

/** Anti-lock brakes let go and grip some ten times a second. */
export function drawAntiLock(random: Random, seconds: number): Jolt {
  const hz = random.range(6, 12)
  const peak = random.range(0.1, 0.3) * G_MPS2
  return {
    kind: 'anti-lock',
    seconds,
    at(t, out) {
      out.x += peak * Math.sin(2 * Math.PI * hz * t)
      out.z += 0.3 * peak * Math.sin(2 * Math.PI * hz * t + 1)
    },
  }
}
