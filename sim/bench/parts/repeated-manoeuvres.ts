import { createRandom } from '../../src/random.ts'

const G = 9.80665
/** IMU readings a second, as the board sends them. */
export const imuHz = 100
/** The manoeuvres repeat in this time, seconds. */
const cycleS = 20
/** Noise of one IMU reading at rest, as a cheap chip at 100 Hz has: 5 mg and 0.06 °/s … */
const noiseMps2 = 0.05
const noiseRps = 0.001
/** … and what the road adds for each m/s: a car that moves is never as quiet as one that stands. */
const roadMps2 = 0.03
const roadRps = 0.001

/** A stretch of a cycle, from its start: what the car does along and across, m/s². */
const plan: readonly { fromS: number; toS: number; along: number; across: number }[] = [
  { fromS: 2, toS: 3.1, along: 5.6, across: 0 },
  { fromS: 6, toS: 7.2, along: 0, across: 5.6 },
  { fromS: 9, toS: 10.2, along: 0, across: -5.6 },
  { fromS: 15.5, toS: 16.6, along: -5.6, across: 0 },
]
/** Seconds of a cycle in which the phone is in hand, and shown to be. */
const phoneFromS = 9
const phoneToS = 15.3
/** Ordinary driving before the manoeuvres: off from rest, with bends and stops, so that the mount can be found. */
const ordinary = (tS: number): { along: number; across: number } => {
  const inCycle = tS % 40
  const along = inCycle < 8 ? 1.8 : inCycle >= 26 && inCycle < 34 ? -1.8 : 0
  const across = inCycle >= 10 && inCycle < 24 ? 2.2 * Math.sin(((inCycle - 10) / 14) * 2 * Math.PI) : 0
  return { along, across }
}

/** One reading of the car. */
export interface CarMoment {
  tS: number
  speedMps: number
  headingDeg: number
  lat: number
  lon: number
  imu: { ax: number; ay: number; az: number; gx: number; gy: number; gz: number }
  phoneInHand: boolean
}

/** A car on a flat plain that drives ordinarily, then harshly again and again; the box sits straight. @param ordinaryS seconds of the first */
export function createRepeatedManoeuvres({ ordinaryS, seed }: { ordinaryS: number; seed: number }) {
  const random = createRandom(seed, 'alert')
  let tS = 0
  let speed = 0
  let heading = 0
  let lat = 49
  let lon = 12
  const step = 1 / imuHz
  const wanted = (): { along: number; across: number; phoneInHand: boolean } => {
    if (tS < ordinaryS) return { ...ordinary(tS), phoneInHand: false }
    const sinceS = tS - ordinaryS
    // Up to speed first, gently.
    if (sinceS < 10) return { along: 1.4, across: 0, phoneInHand: false }
    const inCycle = (sinceS - 10) % cycleS
    const now = plan.find(({ fromS, toS }) => inCycle >= fromS && inCycle < toS)
    return {
      along: now?.along ?? 0,
      across: now?.across ?? 0,
      phoneInHand: inCycle >= phoneFromS && inCycle < phoneToS,
    }
  }
  return (): CarMoment => {
    const { along, across, phoneInHand } = wanted()
    const before = speed
    speed = Math.max(0, speed + along * step)
    const turn = speed > 1 ? across / speed : 0
    heading += turn * step
    lat += ((speed * Math.cos(heading)) / 111_195) * step
    // y is to the left, a heading to the right.
    lon -= ((speed * Math.sin(heading)) / (111_195 * Math.cos((lat * Math.PI) / 180))) * step
    tS += step
    const noise = () => (noiseMps2 + roadMps2 * speed) * random.normal()
    const shake = () => (noiseRps + roadRps * speed) * random.normal()
    const headingDeg = (((-heading * 180) / Math.PI) % 360) + 360
    return {
      tS,
      speedMps: speed,
      headingDeg: headingDeg % 360,
      lat,
      lon,
      imu: {
        ax: (speed - before) / step + noise(),
        ay: (speed > 1 ? across : 0) + noise(),
        az: G + noise(),
        gx: shake(),
        gy: shake(),
        gz: turn + shake(),
      },
      phoneInHand,
    }
  }
}
