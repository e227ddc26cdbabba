import type { Random } from '../random.ts'
import type { Temperament } from './temperament.ts'

/** Tells whether the driver looks at the road: lapses come as a Poisson process and last an exponential time. */
export interface Lapses {
  /** Seconds for which the driver has been looking away; 0 when attentive. */
  readonly awayS: number
  readonly total: { count: number; seconds: number }
  step(dt: number, speedMps: number): void
}

/** @param driver takes `lapsesPerHour` and `lapseS` */
export function createLapses(driver: Temperament, random: Random): Lapses {
  let nextS = random.exponential(3600 / driver.lapsesPerHour)
  let leftS = 0
  let awayS = 0
  const total = { count: 0, seconds: 0 }
  return {
    get awayS() {
      return awayS
    },
    total,
    step(dt, speedMps) {
      if (leftS > 0) {
        leftS -= dt
        awayS = leftS > 0 ? awayS + dt : 0
        total.seconds += dt
        return
      }
      if (speedMps < 1) return
      nextS -= dt
      if (nextS > 0) return
      nextS = random.exponential(3600 / driver.lapsesPerHour)
      leftS = Math.min(8, 0.4 + random.exponential(driver.lapseS))
      awayS = dt
      total.count++
    },
  }
}
