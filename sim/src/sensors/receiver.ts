import type { Random } from '../random.ts'

/** What sets one GNSS receiver apart from another. */
export interface Receiver {
  /** From valid to arrived, seconds: computing, filtering, the serial line. */
  delayS: number
  /** Time constant of the receiver's own filter on velocity, seconds. */
  filterS: number
  /** One sigma of speed and of the velocity across, m/s at HDOP 1. */
  speedMps: number
  crossMps: number
  /** Smallest step of the speed, m/s; 0 for none. */
  speedStepMps: number
  /** Course below this speed (m/s), and what is told instead. */
  courseFromMps: number
  slowCourse: 'blank' | 'frozen' | 'random' | 'zero'
  /** Below this speed (m/s) position is pinned and speed is zero ("static navigation" of older chip sets); 0 for never. */
  pinnedBelowMps: number
  /** Seconds that it goes on by dead reckoning without signal. */
  coastS: number
}

/**
 * A u-blox NEO-M8 with its defaults (data sheet UBX-15031086: velocity 0.05 m/s, heading 0.3° at 30 m/s, both 50 %, so divided
 * by 0.67; course blank below 0.4 m/s).
 */
export const neoM8: Receiver = {
  delayS: 0.3,
  filterS: 0.4,
  speedMps: 0.05 / 0.67,
  crossMps: 0.16 / 0.67,
  speedStepMps: 0,
  courseFromMps: 0.4,
  slowCourse: 'blank',
  pinnedBelowMps: 0,
  coastS: 1,
}

/**
 * A receiver as loggers have them. Delays: recorded drives with an IMU beside (a Raspberry Pi in Regensburg 0.4 s in all, a
 * logger in Dresden 1 to 1.5 s); steps of 0.1 m/s, 0.1 knot or 1 km/h are what logs show; SiRF receivers pin a slow car.
 */
export function drawReceiver(random: Random): Receiver {
  return {
    delayS: random.chance(0.15) ? random.range(0.55, 1.1) : random.range(0.1, 0.55),
    filterS: random.chance(0.2) ? random.range(0.6, 1.0) : random.range(0.1, 0.6),
    speedMps: 0.06 * Math.exp(0.5 * random.normal()),
    crossMps: neoM8.crossMps * Math.exp(0.4 * random.normal()),
    speedStepMps: random.pick([
      [0, 4],
      [0.1, 3],
      [0.1 * 0.514444, 3],
      [1 / 3.6, 1],
    ]),
    courseFromMps: random.range(0.3, 1.5),
    slowCourse: random.pick([
      ['blank', 4],
      ['frozen', 3],
      ['random', 2],
      ['zero', 1],
    ]),
    pinnedBelowMps: random.chance(0.25) ? random.range(0.4, 1.2) : 0,
    coastS: random.range(0, 3),
  }
}
