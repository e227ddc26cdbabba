import type { EventTrace } from '@fairmile/contract/driving-event.ts'
import { DEG_PER_RAD } from '@fairmile/contract/units.ts'
import type { MotionSample } from '../motion.ts'
import type { Moment } from './detector.ts'

/** What the newest motion samples say about a stretch of time. */
export interface Evidence {
  /** Largest standard deviation of the acceleration, g; NaN where it was unknown at any sample. */
  sigmaG: number
  /** Bits of `quality` that were set at any sample. */
  quality: number
  /** Largest known dilution; NaN where none is known. */
  hdop: number
  /** Speed was known all the time. */
  speedKnown: boolean
}

/** The newest motion samples in columns, for traces and evidence. */
export interface Trace {
  push(moment: Moment): void
  /** Samples from `fromMs` to `toMs` (inclusive), with times relative to `zeroMs`. */
  cut(fromMs: number, toMs: number, zeroMs: number): EventTrace
  evidence(fromMs: number, toMs: number): Evidence
  /** |Δv of the speed − ∫a dt| in m/s, and |Δv|; NaN where either is unknown. */
  speedChange(fromMs: number, toMs: number): { gap: number; change: number }
  /** How the car went on after a crash: whether it came to a stand, and how much slower it was at the end, m/s (NaN where unknown). */
  aftermath(beforeMs: number, fromMs: number, toMs: number): { stood: boolean; slowedMps: number }
  /** |mean(aLat) − mean(v × yaw rate)| in m/s², and the mean's magnitude; yaw from the heading where there is no gyro. */
  lateral(fromMs: number, toMs: number): { gap: number; mean: number }
}

/** 90 s at 10 Hz: ten seconds on both sides of an event and an event of up to 70 s; older samples are overwritten. */
const capacity = 900

/** A car that is slower stands, m/s. */
const standingMps = 1

const columns = [
  'tMs',
  'lat',
  'lon',
  'speedMps',
  'headingDeg',
  'aLong',
  'aLat',
  'yawRate',
  'sigmaG',
  'quality',
  'hdop',
] as const

/** Keeps the newest samples; `push` allocates nothing. */
export function createTrace(): Trace {
  const ring = Object.fromEntries(columns.map((name) => [name, new Float64Array(capacity)])) as Record<
    (typeof columns)[number],
    Float64Array
  >
  let pushed = 0

  /** Slots of the samples in that time, oldest first. */
  function slots(fromMs: number, toMs: number): number[] {
    const found: number[] = []
    for (let n = Math.max(0, pushed - capacity); n < pushed; n++) {
      const slot = n % capacity
      const t = ring.tMs[slot]!
      if (t >= fromMs && t <= toMs) found.push(slot)
    }
    return found
  }

  const column = (name: (typeof columns)[number], at: number[], digits: number): (number | null)[] =>
    at.map((slot) => rounded(ring[name][slot]!, digits))

  return {
    push(moment) {
      const slot = pushed++ % capacity
      const sample: MotionSample = moment.sample
      for (let index = 0; index < columns.length; index++) {
        const name = columns[index]!
        ring[name][slot] = sample[name]
      }
    },
    cut(fromMs, toMs, zeroMs) {
      const at = slots(fromMs, toMs)
      return {
        offsetMs: at.map((slot) => Math.round(ring.tMs[slot]! - zeroMs)),
        speedMps: column('speedMps', at, 2),
        aLong: column('aLong', at, 3),
        aLat: column('aLat', at, 3),
        lat: column('lat', at, 6),
        lon: column('lon', at, 6),
      }
    },
    evidence(fromMs, toMs) {
      const all: Evidence = { sigmaG: 0, quality: 0, hdop: Number.NaN, speedKnown: true }
      for (const slot of slots(fromMs, toMs)) {
        all.sigmaG = Math.max(all.sigmaG, ring.sigmaG[slot]!) // NaN stays NaN
        all.quality |= ring.quality[slot]!
        if (!(ring.hdop[slot]! <= all.hdop) && !Number.isNaN(ring.hdop[slot]!)) all.hdop = ring.hdop[slot]!
        if (Number.isNaN(ring.speedMps[slot]!)) all.speedKnown = false
      }
      return all
    },
    speedChange(fromMs, toMs) {
      const at = slots(fromMs, toMs)
      let integral = 0
      for (let n = 1; n < at.length; n++) {
        const [before, slot] = [at[n - 1]!, at[n]!]
        const mean = (ring.aLong[before]! + ring.aLong[slot]!) / 2
        integral += (mean * (ring.tMs[slot]! - ring.tMs[before]!)) / 1000
      }
      const change = at.length > 1 ? ring.speedMps[at.at(-1)!]! - ring.speedMps[at[0]!]! : Number.NaN
      return { gap: Math.abs(change - integral), change: Math.abs(change) }
    },
    aftermath(beforeMs, fromMs, toMs) {
      const before = slots(beforeMs, fromMs)[0]
      const speeds = slots(fromMs, toMs).map((slot) => ring.speedMps[slot]!)
      const known = speeds.filter((mps) => !Number.isNaN(mps))
      const slowedMps = before === undefined ? Number.NaN : ring.speedMps[before]! - Math.min(...known)
      return { stood: known.some((mps) => mps < standingMps), slowedMps }
    },
    lateral(fromMs, toMs) {
      const at = slots(fromMs, toMs)
      let felt = 0
      let expected = 0
      for (let n = 0; n < at.length; n++) {
        const slot = at[n]!
        const gyro = ring.yawRate[slot]!
        felt += ring.aLat[slot]!
        expected += ring.speedMps[slot]! * (Number.isNaN(gyro) ? headingRate(ring, at, n) : gyro)
      }
      return { gap: Math.abs(felt - expected) / at.length, mean: Math.abs(felt) / at.length }
    },
  }
}

/** Rad/s to the left from headings, which turn to the right. */
function headingRate(ring: Record<'tMs' | 'headingDeg', Float64Array>, at: number[], n: number): number {
  const slot = at[n]!
  const before = at[n > 0 ? n - 1 : 0]!
  const after = n > 0 ? slot : (at[1] ?? slot)
  const turnDeg = ((ring.headingDeg[after]! - ring.headingDeg[before]! + 540) % 360) - 180
  return (-turnDeg / DEG_PER_RAD / (ring.tMs[after]! - ring.tMs[before]!)) * 1000
}

function rounded(value: number, digits: number): number | null {
  if (Number.isNaN(value)) return null
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}
