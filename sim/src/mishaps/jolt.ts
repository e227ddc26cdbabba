import { G_MPS2 } from '@fairmile/contract/units.ts'

/** What a box feels beside the car's own motion: force in m/s² and turning in rad/s, in the car's axes. */
export interface Disturbance {
  x: number
  y: number
  z: number
  turnX: number
  turnY: number
  turnZ: number
  /** 1 while the box falls and feels nothing of the car, 0 while it is held. */
  loose: number
}

/** Nothing beside the car's own motion. */
export const calm = (): Disturbance => ({ x: 0, y: 0, z: 0, turnX: 0, turnY: 0, turnZ: 0, loose: 0 })

const quiet: Readonly<Disturbance> = calm()
/** Numbers of a disturbance. */
const width = Object.keys(quiet).length

/** Something short that happens to the car or to the box in it. */
export interface Jolt {
  kind: string
  seconds: number
  /** Adds to `out` what is felt `t` seconds after its beginning. */
  at(t: number, out: Disturbance): void
}

/** Steps a second that jolts are made at: what such a sensor samples at inside (MPU-6050 register map, section 4.4). */
const INNER_HZ = 1000
/** Its low-pass is set to about 0.44 of the rate at which it is read: 44 Hz at 100 Hz. */
const CORNER_SHARE = 0.44
/** The sensor's converter ends here, before its low-pass. */
const RANGE_MPS2 = 16 * G_MPS2
/** The low-pass rings for a few periods after the end. */
const AFTER_PERIODS = 6

/** Plays jolts as a sensor of some rate feels them. */
export interface JoltPlayer {
  start(jolt: Jolt): void
  /** What is felt at the next reading; one object, overwritten each time. */
  step(): Disturbance
  readonly playing: boolean
}

/** Makes a player for a sensor that is read at `rateHz`, at most 1,000. */
export function createJoltPlayer(rateHz: number): JoltPlayer {
  const felt = calm()
  let running: { samples: Float64Array; at: number }[] = []
  return {
    get playing() {
      return running.length > 0
    },
    start(jolt) {
      running.push({ samples: sense(jolt, rateHz), at: 0 })
    },
    step() {
      Object.assign(felt, quiet)
      if (running.length === 0) return felt
      for (const one of running) {
        felt.x += one.samples[one.at]!
        felt.y += one.samples[one.at + 1]!
        felt.z += one.samples[one.at + 2]!
        felt.turnX += one.samples[one.at + 3]!
        felt.turnY += one.samples[one.at + 4]!
        felt.turnZ += one.samples[one.at + 5]!
        felt.loose = Math.max(felt.loose, one.samples[one.at + 6]!)
        one.at += width
      }
      running = running.filter(({ samples, at }) => at < samples.length)
      return felt
    },
  }
}

/** The numbers of a disturbance for each reading: the jolt at 1,000 Hz, cut at the sensor's range, low-passed, and read at its rate. */
function sense(jolt: Jolt, rateHz: number): Float64Array {
  const cornerHz = CORNER_SHARE * rateHz
  const readings = Math.ceil((jolt.seconds + AFTER_PERIODS / cornerHz) * rateHz)
  const samples = new Float64Array(readings * width)
  const filters = [0, 1, 2].map(() => createTwoPole(cornerHz / INNER_HZ))
  const now = calm()
  for (let step = 0, reading = 0; reading < readings; step++) {
    Object.assign(now, quiet)
    const t = step / INNER_HZ
    if (t <= jolt.seconds) jolt.at(t, now)
    const force = [now.x, now.y, now.z].map((f, axis) => filters[axis]!(Math.max(-RANGE_MPS2, Math.min(RANGE_MPS2, f))))
    if (t >= reading / rateHz) samples.set([...force, now.turnX, now.turnY, now.turnZ, now.loose], width * reading++)
  }
  return samples
}

/** Two first-order low-passes in a row; `share` is the corner over the rate. */
function createTwoPole(share: number): (value: number) => number {
  // Each has its corner higher by 1/√(√2 − 1), so that both together are at −3 dB at the corner asked for.
  const gain = 1 - Math.exp((-2 * Math.PI * share) / Math.sqrt(Math.SQRT2 - 1))
  let first = 0
  let second = 0
  return (value) => {
    first += gain * (value - first)
    second += gain * (first - second)
    return second
  }
}

/** Half a sine from 0 to `seconds`, nothing outside. */
export const halfSine = (t: number, seconds: number): number =>
  t < 0 || t > seconds ? 0 : Math.sin((Math.PI * t) / seconds)
