import type { Random } from '../random.ts'

/** Shaking of the body, m/s² in the car's axes, with its rocking in rad and rad/s; one object, overwritten each step. */
export interface Shake {
  x: number
  y: number
  z: number
  roll: number
  rollRate: number
  pitch: number
  pitchRate: number
}

/** What the road and the engine do to the body beside the manoeuvre. */
export interface Vibration {
  step(dt: number, speedMps: number, under: { roughness: number; bump: number; engineOn: boolean }): Shake
}

/**
 * RMS at 14 m/s on an average road, growing with the root of the speed, as ISO 8608 class B roads give in a quarter-car model
 * (T. Gillespie, Fundamentals of Vehicle Dynamics, 1992, chapter 5): body bounce, wheel hop, and shaking along and across;
 * rocking with 0.7 °/s. The levels are those of the recorded drives (Regensburg at 10 Hz, Dresden at 50 Hz), between
 * which cars differ by a factor of two.
 */
const BOUNCE = { hz: 1.5, damping: 0.3, rms: 0.13 }
const HOP = { hz: 11, damping: 0.12, rms: 0.24 }
const ALONG = { hz: 2.2, damping: 0.5, rms: 0.2 }
const ACROSS = { hz: 2, damping: 0.5, rms: 0.1 }
const HIGH = { hz: 9, damping: 0.3, rms: 0.14 }
const ROCK = { hz: 2, damping: 0.4, rms: 0.012 / (2 * Math.PI * 2) }
const CARS_DIFFER = 0.3
const REFERENCE_MPS = 14
/** A four-cylinder engine at idle shakes at about 25 Hz with some 0.06 m/s² at the dashboard, twice as much under load. */
const IDLE = { rms: 0.06, spread: 0.5, loadFactor: 2 }
/** Potholes and covers: mean metres between two on an average road; half-sine of 50 ms with 2 to 9 m/s² at 14 m/s. */
const POTHOLE_EVERY_M = 900
const POTHOLE_S = 0.05
/** An axle on a speed bump: up and down within some 0.6 m of way, with 3 to 6 m/s² at 6 m/s; 3 cm tilt the car by 0.012 rad. */
const BUMP = { lengthM: 0.6, mps2: [3, 6], atMps: 6, tiltRad: 0.012 } as const
/**
 * One box in three hangs on a holder that swings: goosenecks and suction cups ring at 6 to 12 Hz and amplify it up to threefold.
 */
const HOLDER = { share: 0.33, hz: [6, 12], damping: [0.15, 0.4] } as const

/** Creates the shaking of one drive. */
export function createVibration(random: Random): Vibration {
  const shake: Shake = { x: 0, y: 0, z: 0, roll: 0, rollRate: 0, pitch: 0, pitchRate: 0 }
  const of = ({ hz, damping, rms }: typeof BOUNCE) => createResonance(hz, damping, rms, random)
  const [bounce, hop, along, across] = [of(BOUNCE), of(HOP), of(ALONG), of(ACROSS)]
  const [highX, highY, roll, pitch] = [of(HIGH), of(HIGH), of(ROCK), of(ROCK)]
  const stiffness = Math.exp(CARS_DIFFER * random.normal())
  const idleRms = IDLE.rms * Math.exp(IDLE.spread * random.normal())
  const holder = random.chance(HOLDER.share) ? createHolder(random) : null
  const pulses = createPulses(random)
  return {
    step(dt, speedMps, { roughness, bump, engineOn }) {
      const speed = Math.abs(speedMps)
      const engine = engineOn ? idleRms * (speed > 1 ? IDLE.loadFactor : 1) : 0
      shake.x = 0.6 * engine * random.normal()
      shake.y = 0.5 * engine * random.normal()
      shake.z = engine * random.normal()
      shake.roll = shake.rollRate = 0
      shake.pitch = shake.pitchRate = 0
      if (speed > 0.1) {
        const level = stiffness * roughness * Math.sqrt(speed / REFERENCE_MPS)
        shake.x += level * (along(dt) + highX(dt))
        shake.y += level * (across(dt) + 0.7 * highY(dt))
        shake.z += level * (bounce(dt) + hop(dt))
        shake.roll = level * roll(dt)
        shake.rollRate = level * roll.rate()
        shake.pitch = level * pitch(dt)
        shake.pitchRate = level * pitch.rate()
      }
      pulses(shake, dt, speed, roughness, bump)
      holder?.(shake, dt)
      return shake
    },
  }
}

/** Potholes and speed bumps. */
function createPulses(random: Random) {
  let potholeS = POTHOLE_S
  let potholePeak = 0
  let bumpM: number = BUMP.lengthM
  let bumpPeak = 0
  /** 1 while the front axle is up, −1 while the rear one is. */
  let nose = 0
  return (shake: Shake, dt: number, speed: number, roughness: number, bump: number): void => {
    if (potholeS < POTHOLE_S) {
      potholeS += dt
      const hit = potholePeak * Math.sin((Math.PI * potholeS) / POTHOLE_S)
      shake.z += hit
      shake.x -= 0.25 * Math.abs(hit)
    } else if (random.chance((roughness * speed * dt) / POTHOLE_EVERY_M)) {
      potholeS = 0
      potholePeak = (random.chance(0.5) ? -1 : 1) * random.range(2, 9) * Math.min(1.5, speed / REFERENCE_MPS)
    }
    if (bump !== 0) {
      bumpM = 0
      nose = bump
      bumpPeak = random.range(...BUMP.mps2) * Math.min(2, speed / BUMP.atMps)
    }
    if (bumpM >= BUMP.lengthM) return
    bumpM += speed * dt
    const share = Math.min(1, bumpM / BUMP.lengthM)
    shake.z += bumpPeak * Math.sin(2 * Math.PI * share)
    shake.x -= 0.15 * bumpPeak * Math.sin(Math.PI * share)
    shake.pitch -= nose * BUMP.tiltRad * Math.sin(Math.PI * share) ** 2
    shake.pitchRate -= ((nose * BUMP.tiltRad * Math.PI * speed) / BUMP.lengthM) * Math.sin(2 * Math.PI * share)
  }
}

/** A holder that rings: the box moves as a mass on a damped spring whose foot is shaken. */
function createHolder(random: Random): (shake: Shake, dt: number) => void {
  const omega = 2 * Math.PI * random.range(...HOLDER.hz)
  const damping = random.range(...HOLDER.damping)
  const state = new Float64Array(6)
  const swing = (axis: number, foot: number, dt: number): number => {
    // Relative motion d'' + 2ζω d' + ω² d = −foot; the box feels foot + d''.
    const pull = -2 * damping * omega * state[3 + axis]! - omega * omega * state[axis]!
    state[3 + axis]! += (pull - foot) * dt
    state[axis]! += state[3 + axis]! * dt
    return pull
  }
  return (shake, dt) => {
    shake.x = swing(0, shake.x, dt)
    shake.y = swing(1, shake.y, dt)
    shake.z = swing(2, shake.z, dt)
  }
}

/** White noise through a second-order resonance of the given RMS; `rate` is how fast it changes. */
function createResonance(hz: number, damping: number, rms: number, random: Random) {
  const omega = 2 * Math.PI * hz
  // Stationary variance of x'' + 2ζω x' + ω² x = w with spectral density q is q / (4ζω³).
  const strength = rms * Math.sqrt(4 * damping * omega ** 3)
  let x = 0
  let rate = 0
  const step = (dt: number): number => {
    rate += (-omega * omega * x - 2 * damping * omega * rate) * dt + strength * Math.sqrt(dt) * random.normal()
    x += rate * dt
    return x
  }
  return Object.assign(step, { rate: () => rate })
}
