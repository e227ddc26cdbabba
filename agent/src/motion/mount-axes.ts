import { DEG_PER_RAD, G_MPS2 } from '@fairmile/contract/units.ts'
import { cross, dot, norm, planeAcross, type Rotation, rotationFrom, unit, type Vector } from './axes.ts'
import { residualAlong, type Solution } from './mount-regression.ts'

/** The vehicle's axes as a regression has them, with one standard deviation of tilt and yaw. */
export interface FoundAxes {
  /** The best there is of the axes. */
  rotation: Rotation
  /** The same, but level where the sensor feels level: its offset stays in, for it is taken off with gravity. */
  felt: Rotation
  tiltSigmaDeg: number
  yawSigmaDeg: number
}

/** A direction up in the device's axes and one standard deviation of it, rad. */
interface Upright {
  up: Vector
  sigma: number
}

/** Successive seconds share slopes and manoeuvres: variances are larger than for independent ones by these. */
const restCorrelation = 10
const axesCorrelation = 4
/** Zero offset of a cheap accelerometer, one standard deviation of an axis, as a share of g: it looks like tilt. */
const offsetG = 0.016
/** Roads lean to one side more than to the other, and drives end higher or lower: what no averaging takes out, rad. */
const roadLean = 0.007
/** How far the axis about which a car turns leans from its vertical, one standard deviation, rad: it rolls into bends. */
const turnAxisSigma = 0.04
/** Axes shorter than this are noise: with evidence they have length 1. */
const minLength = 0.3

const byGravity = (solution: Solution): Upright => {
  const up = unit(solution.rest)
  const [p, q] = planeAcross(up)
  const across = (residualAlong(solution, p) + residualAlong(solution, q)) / 2
  return { up, sigma: Math.sqrt(across * restCorrelation * solution.restGain) / G_MPS2 }
}

/**
 * Up by gravity is off by the sensor's offset and the mean slope. Forward and left, which are differences, know of neither and
 * must lie across up: what they have along it corrects it, as far as they are known better.
 */
const corrected = (solution: Solution, { up, sigma }: Upright): Upright => {
  const noise = residualAlong(solution, up) * axesCorrelation
  const next = up.slice()
  let left = 0
  for (const [axis, gain] of [
    [solution.forward, solution.forwardGain],
    [solution.left, solution.leftGain],
  ] as const) {
    const squared = dot(axis, axis)
    const share = squared < minLength ** 2 ? 0 : sigma ** 2 / (sigma ** 2 + (noise * gain) / squared)
    const lean = share === 0 ? 0 : (share * dot(axis, up)) / squared
    for (let i = 0; i < 3; i++) next[i]! -= lean * axis[i]!
    left = Math.max(left, 1 - share)
  }
  return { up: unit(next), sigma: sigma * Math.sqrt(left) }
}

/** Up where gravity was removed and no gyro shows it: across forward and left. */
const acrossBoth = (solution: Solution): Upright | null => {
  const up = cross(solution.forward, solution.left)
  if (norm(up) < minLength ** 2) return null
  const direction = unit(up)
  const noise = residualAlong(solution, direction) * axesCorrelation
  return { up: direction, sigma: Math.sqrt(noise * Math.max(solution.forwardGain, solution.leftGain)) }
}

/** How well the direction of an axis about up is known: what is left unexplained across it turns it. */
const directionWeight = (solution: Solution, up: Vector, axis: Vector, gain: number): number => {
  const across = cross(up, axis)
  return norm(across) < minLength ? 0 : 1 / (residualAlong(solution, unit(across)) * axesCorrelation * gain)
}

/** The axes with another up, looking the same way. */
const levelled = (rotation: Rotation, up: Vector): Rotation => {
  const [p, q] = planeAcross(up)
  const ahead = rotation.subarray(0, 3)
  return rotationFrom(up, p, q, Math.atan2(dot(ahead, q), dot(ahead, p)))
}

/**
 * Reads the vehicle's axes off a solution; null while they make no sense.
 *
 * @param turnAxis the axis about which the vehicle turns, where gravity was removed and there is a gyro
 */
export const axesFrom = (
  solution: Solution,
  gravityIncluded: boolean,
  turnAxis: Vector | null = null,
): FoundAxes | null => {
  if (gravityIncluded && norm(solution.rest) < G_MPS2 / 2) return null
  const level = gravityIncluded ? byGravity(solution) : null
  const upright =
    level !== null
      ? corrected(solution, { up: level.up, sigma: Math.hypot(level.sigma, offsetG) })
      : turnAxis === null
        ? acrossBoth(solution)
        : corrected(solution, { up: turnAxis, sigma: turnAxisSigma })
  if (upright === null) return null
  const { up } = upright
  const [p, q] = planeAcross(up)
  const { forward, left } = solution
  const forwardWeight = directionWeight(solution, up, forward, solution.forwardGain)
  const leftWeight = directionWeight(solution, up, left, solution.leftGain)
  // Left is a quarter turn ahead of forward, so turn it back before the two directions are averaged.
  const along = forwardWeight * dot(forward, p) + leftWeight * dot(left, q)
  const aside = forwardWeight * dot(forward, q) - leftWeight * dot(left, p)
  // A mean of unit vectors with these weights would have length forwardWeight + leftWeight.
  const yawSigma = Math.sqrt(forwardWeight + leftWeight) / Math.hypot(along, aside)
  if (!(yawSigma < Number.POSITIVE_INFINITY)) return null
  const rotation = rotationFrom(up, p, q, Math.atan2(aside, along))
  return {
    rotation,
    felt: level === null ? rotation : levelled(rotation, level.up),
    tiltSigmaDeg: Math.min(90, Math.hypot((level ?? upright).sigma, roadLean) * DEG_PER_RAD),
    yawSigmaDeg: Math.min(180, yawSigma * DEG_PER_RAD),
  }
}
