import type { Random } from '../random.ts'
import { halfSine, type Jolt } from './jolt.ts'

/** A crash of the car with something. */
export interface Collision {
  /** Change of the car's velocity, km/h. */
  deltaVKmh: number
  /** Where the force came from, degrees clockwise from the front (as SAE J224 has it). */
  directionDeg: number
  seconds: number
  shape: keyof typeof shapes
  /** Turning about the vertical axis that it leaves, rad/s. */
  spinRps: number
  /** Ringing of the body: share of the pulse's peak, and its frequency. */
  ringShare: number
  ringHz: number
}

/** Share of the velocity change at `t` of a pulse of length 1, as an acceleration with integral 1. */
const shapes = {
  // M. Huang, Vehicle Crash Mechanics, 2002, chapter 2: the closed forms that measured pulses are approximated by.
  'half-sine': (t: number) => (Math.PI / 2) * halfSine(t, 1),
  haversine: (t: number) => (t < 0 || t > 1 ? 0 : 1 - Math.cos(2 * Math.PI * t)),
  triangle: (t: number) => (t < 0 || t > 1 ? 0 : t < 0.4 ? (2 * t) / 0.4 : (2 * (1 - t)) / 0.6),
} as const

/** Spinning dies out on tyres and ground within about so long, seconds. */
const SPIN_S = 0.7
const AFTER_S = 2.5

/**
 * Draws a collision: 8 to 60 km/h, the lower the likelier, from any side, 60 to 150 ms long as bumpers and crumple zones
 * give it (full-width tests at 56 km/h take about 100 ms).
 */
export function drawCollision(random: Random): Collision {
  const deltaVKmh = 8 * (60 / 8) ** random.uniform()
  return {
    deltaVKmh,
    directionDeg: random.range(0, 360),
    seconds: random.range(0.06, 0.15),
    shape: random.pick([
      ['half-sine', 1],
      ['haversine', 1],
      ['triangle', 1],
    ]),
    spinRps: random.chance(0.5) ? 0 : (random.range(-0.08, 0.08) * deltaVKmh) / 1.5,
    ringShare: random.range(0, 0.35),
    ringHz: random.range(25, 70),
  }
}

/** What the box feels of it. `change(t)` is how much of the velocity has changed by then, 0 to 1. */
export function collisionJolt(collision: Collision): Jolt & { change(t: number): number } {
  const { deltaVKmh, directionDeg, seconds, spinRps, ringShare, ringHz } = collision
  const shape = shapes[collision.shape]
  const angle = (directionDeg * Math.PI) / 180
  const meanMps2 = deltaVKmh / 3.6 / seconds
  const change = (t: number): number => {
    let sum = 0
    for (let step = 0; step < 100; step++) sum += shape(((step + 0.5) / 100) * Math.min(1, t / seconds))
    return (sum / 100) * Math.min(1, t / seconds)
  }
  return {
    kind: 'crash',
    seconds: seconds + AFTER_S,
    change,
    at(t, out) {
      const envelope = shape(t / seconds)
      const ring = ringShare * 2 * halfSine(t, seconds) * Math.sin(2 * Math.PI * ringHz * t)
      const force = meanMps2 * (envelope + ring)
      out.x -= Math.cos(angle) * force
      out.y += Math.sin(angle) * force
      // The front dives, the car climbs on what it hits: a fifth of the pulse goes up and down.
      out.z += 0.2 * meanMps2 * halfSine(t, seconds) * Math.sin((2 * Math.PI * t) / seconds)
      out.turnZ += spinRps * (t < seconds ? change(t) : Math.exp((seconds - t) / SPIN_S))
    },
  }
}
