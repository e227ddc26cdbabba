import type { Random } from '../random.ts'

/** Shaking of the body as the sensor feels it, m/s² in the car's axes; one object, overwritten each step. */
export interface Shake {
  x: number
  y: number
  z: number
}

/** What the road and the engine do to the body beside the manoeuvre. */
export interface Vibration {
  step(dt: number, speedMps: number, roughness: number, engineOn: boolean): Shake
}

/**
 * Vertical shaking (RMS at 14 m/s on an average road) of the body bounce at 1.3 Hz and the wheel hop at 11 Hz: about
 * 0.35 and 0.3 m/s², growing with the root of the speed, as ISO 8608 class B roads give in a quarter-car model
 * (T. Gillespie, Fundamentals of Vehicle Dynamics, 1992, chapter 5). Along and across: 35 % of it.
 */
const BOUNCE = { hz: 1.3, damping: 0.25, rms: 0.35 }
const HOP = { hz: 11, damping: 0.1, rms: 0.3 }
const SIDEWAYS = 0.35
const REFERENCE_MPS = 14
/** A four-cylinder engine at idle shakes at about 25 Hz with some 0.06 m/s² at the dashboard. */
const IDLE_RMS = 0.06
/** Potholes and covers: mean metres between two on an average road; half-sine of 50 ms with 2 to 9 m/s² at 14 m/s. */
const POTHOLE_EVERY_M = 900
const POTHOLE_S = 0.05

/** Creates the shaking of one drive. */
export function createVibration(random: Random): Vibration {
  const shake: Shake = { x: 0, y: 0, z: 0 }
  const bounce = createResonance(BOUNCE.hz, BOUNCE.damping, random)
  const hop = createResonance(HOP.hz, HOP.damping, random)
  const sideX = createResonance(7, 0.2, random)
  const sideY = createResonance(2.2, 0.3, random)
  let potholeS = POTHOLE_S
  let potholePeak = 0
  return {
    step(dt, speedMps, roughness, engineOn) {
      const idle = engineOn ? IDLE_RMS : 0
      let z = idle * random.normal()
      shake.x = 0.4 * idle * random.normal()
      shake.y = 0.6 * idle * random.normal()
      if (speedMps > 0.1) {
        const level = roughness * Math.sqrt(speedMps / REFERENCE_MPS)
        z += level * (BOUNCE.rms * bounce(dt) + HOP.rms * hop(dt))
        shake.x += level * SIDEWAYS * HOP.rms * sideX(dt)
        shake.y += level * SIDEWAYS * BOUNCE.rms * sideY(dt)
        if (potholeS >= POTHOLE_S && random.chance((roughness * speedMps * dt) / POTHOLE_EVERY_M)) {
          potholeS = 0
          potholePeak = (random.chance(0.5) ? -1 : 1) * random.range(2, 9) * Math.min(1.5, speedMps / REFERENCE_MPS)
        }
      }
      if (potholeS < POTHOLE_S) {
        potholeS += dt
        const hit = potholePeak * Math.sin((Math.PI * potholeS) / POTHOLE_S)
        z += hit
        shake.x -= 0.25 * Math.abs(hit)
      }
      shake.z = z
      return shake
    },
  }
}

/** White noise through a second-order resonance, scaled to a variance of one. */
function createResonance(hz: number, damping: number, random: Random): (dt: number) => number {
  const omega = 2 * Math.PI * hz
  // Stationary variance of x'' + 2ζω x' + ω² x = w with spectral density q is q / (4ζω³).
  const strength = Math.sqrt(4 * damping * omega ** 3)
  let x = 0
  let rate = 0
  return (dt) => {
    rate += (-omega * omega * x - 2 * damping * omega * rate) * dt + strength * Math.sqrt(dt) * random.normal()
    x += rate * dt
    return x
  }
}
