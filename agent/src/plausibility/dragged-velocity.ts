import { DEG_PER_RAD } from '@fairmile/contract/units.ts'
import { invert } from './solve.ts'

/** What a fix and the gyro said at one time. */
export interface CourseSample {
  tMs: number
  /** The receiver's speed, m/s, and its course less the gyro's heading, degrees, unwrapped. */
  speedMps: number
  offsetDeg: number
  /** The gyro's heading from an unknown start, degrees clockwise, and how fast it turned, rad/s clockwise. */
  headingDeg: number
  turnRps: number
}

/** A velocity that is told on top of the car's own, m/s, and how sure it is, in standard deviations. */
export interface Drag {
  mps: number
  sigmas: number
}

/** North and east of the drag; the heading's start, the gyro's bias and the receiver's lag. */
const unknowns = 5
const leastSamples = 40
/** Errors of a receiver last for seconds: so many samples are one. */
const together = 5
/** Residuals beyond so many standard deviations are leaps of a receiver, not a drag. */
const outlierSigmas = 2.5
/** No receiver is better, m/s. */
const leastSigma = 0.1

const columns = new Float64Array(unknowns)

/** One row of the model: what the receiver's velocity across the car's heading is made of. */
function fill({ tMs, speedMps, headingDeg, turnRps }: CourseSample, startDeg: number, sinceMs: number): void {
  const heading = (headingDeg + startDeg) / DEG_PER_RAD
  columns[0] = -Math.sin(heading)
  columns[1] = Math.cos(heading)
  columns[2] = speedMps / 10
  columns[3] = (speedMps / 10) * ((tMs - sinceMs) / 100_000)
  columns[4] = speedMps * turnRps
}

/**
 * The velocity that a receiver tells on top of the car's own, by least squares: a car moves along its heading, so what is
 * told across it is drag, whichever way the car is turned meanwhile. Null where that cannot be told, as on a straight road.
 */
export function draggedVelocity(samples: readonly CourseSample[]): Drag | null {
  if (samples.length < leastSamples) return null
  const startDeg = samples.reduce((sum, one) => sum + one.offsetDeg, 0) / samples.length
  const sinceMs = samples[0]!.tMs
  const across = (one: CourseSample): number => one.speedMps * Math.sin((one.offsetDeg - startDeg) / DEG_PER_RAD)
  let used = samples
  let found: { x: Float64Array; inverse: Float64Array; variance: number } | null = null
  for (let round = 0; round < 2; round++) {
    found = fit(used, across, startDeg, sinceMs)
    if (found === null) return null
    const { x, variance } = found
    const limit = outlierSigmas * Math.sqrt(variance)
    if (round === 0) used = samples.filter((one) => Math.abs(across(one) - predict(one, x, startDeg, sinceMs)) <= limit)
    if (used.length < leastSamples) return null
  }
  const { x, inverse, variance } = found!
  const [north, east] = [x[0]!, x[1]!]
  const scale = Math.max(variance, leastSigma ** 2) * together
  // The length of the drag in standard deviations, by its own two rows of the covariance.
  const [a, b, d] = [inverse[0]! * scale, inverse[1]! * scale, inverse[unknowns + 1]! * scale]
  const squares = (d * north * north - 2 * b * north * east + a * east * east) / (a * d - b * b)
  return { mps: Math.hypot(north, east), sigmas: Math.sqrt(Math.max(0, squares)) }
}

function fit(
  samples: readonly CourseSample[],
  across: (one: CourseSample) => number,
  startDeg: number,
  sinceMs: number,
) {
  const normal = new Float64Array(unknowns * unknowns)
  const right = new Float64Array(unknowns)
  for (const one of samples) {
    fill(one, startDeg, sinceMs)
    const y = across(one)
    for (let i = 0; i < unknowns; i++) {
      right[i]! += columns[i]! * y
      for (let k = 0; k < unknowns; k++) normal[i * unknowns + k]! += columns[i]! * columns[k]!
    }
  }
  // A little of nothing keeps a lag that never showed from being unknown.
  for (let i = 0; i < unknowns; i++) normal[i * unknowns + i]! += 1e-3
  const inverse = invert(normal, unknowns)
  if (inverse === null) return null
  const x = new Float64Array(unknowns)
  for (let i = 0; i < unknowns; i++) for (let k = 0; k < unknowns; k++) x[i]! += inverse[i * unknowns + k]! * right[k]!
  let squares = 0
  for (const one of samples) squares += (across(one) - predict(one, x, startDeg, sinceMs)) ** 2
  return { x, inverse, variance: squares / Math.max(1, samples.length - unknowns) }
}

function predict(one: CourseSample, x: Float64Array, startDeg: number, sinceMs: number): number {
  fill(one, startDeg, sinceMs)
  let sum = 0
  for (let i = 0; i < unknowns; i++) sum += columns[i]! * x[i]!
  return sum
}
