import type { Vector } from './axes.ts'

/** What a regression of specific force on the vehicle's motion says; vectors in the device's axes. */
export interface Solution {
  /** Specific force with no acceleration at all: gravity's counterforce and the sensor's offset, m/s². */
  rest: Vector
  /** Specific force per m/s² forward, and per m/s² to the left: the vehicle's axes, if all is well of length 1. */
  forward: Vector
  left: Vector
  /** Variances of one component of the three, for residuals of variance 1. */
  restGain: number
  forwardGain: number
  leftGain: number
  /** Covariance of the residuals, (m/s²)²: xx, xy, xz, yy, yz, zz. */
  residual: Float64Array
  /** Sum of squared residuals without a prior, to compare one lag with another. */
  misfit: number
  /** Weight of driving in it, about its seconds. */
  driven: number
}

/** Residual before there is evidence: slopes and bumps of an ordinary road, m/s², worth this many intervals. */
const priorResidual = 0.4
const priorWeight = 5

/** Variance of the residuals along a unit vector, (m/s²)². */
export const residualAlong = ({ residual: r }: Solution, u: Vector): number =>
  u[0]! * u[0]! * r[0]! +
  u[1]! * u[1]! * r[3]! +
  u[2]! * u[2]! * r[5]! +
  2 * (u[0]! * u[1]! * r[1]! + u[0]! * u[2]! * r[2]! + u[1]! * u[2]! * r[4]!)

/**
 * Weighted least squares of f = rest + forward·aLong + left·aLat, three components of f at once, as running sums.
 *
 * Ordinary normal equations (e.g. Draper & Smith, Applied Regression Analysis, ch. 5); old evidence fades by `fade`.
 */
export const createMountRegression = () => {
  // Sums of w·xᵢxⱼ (00 01 02 11 12 22), of w·xᵢfⱼ by i then j, and of w·fᵢfⱼ (xx xy xz yy yz zz).
  const xx = new Float64Array(6)
  const xf = new Float64Array(9)
  const ff = new Float64Array(6)
  /** Weight of driving, by which residuals are judged: standing leaves none. */
  let driven = 0

  const accumulate = (weight: number, aLong: number, aLat: number, f: Float64Array): void => {
    xx[0]! += weight
    xx[1]! += weight * aLong
    xx[2]! += weight * aLat
    xx[3]! += weight * aLong * aLong
    xx[4]! += weight * aLong * aLat
    xx[5]! += weight * aLat * aLat
    let at = 0
    for (let j = 0; j < 3; j++) {
      const value = weight * f[j]!
      xf[j]! += value
      xf[3 + j]! += value * aLong
      xf[6 + j]! += value * aLat
      for (let k = j; k < 3; k++) ff[at++]! += value * f[k]!
    }
  }

  /** What the solution leaves of the squares of components j and k. */
  const left = (at: number, j: number, k: number, rest: Vector, forward: Vector, side: Vector): number =>
    ff[at]! - rest[j]! * xf[k]! - forward[j]! * xf[3 + k]! - side[j]! * xf[6 + k]!

  return {
    /** A stretch of driving. */
    add(weight: number, aLong: number, aLat: number, force: Float64Array): void {
      driven += weight
      accumulate(weight, aLong, aLat, force)
    },
    /** A stretch at rest. */
    addRest(weight: number, force: Float64Array): void {
      accumulate(weight, 0, 0, force)
    },
    fade(factor: number): void {
      driven *= factor
      for (let i = 0; i < 6; i++) {
        xx[i]! *= factor
        ff[i]! *= factor
      }
      for (let i = 0; i < 9; i++) xf[i]! *= factor
    },
    /** The solution, or null while the motion so far does not tell the three apart. */
    solve(): Solution | null {
      const [a, b, c, d, e, g] = xx as unknown as [number, number, number, number, number, number]
      // A whiff of ridge keeps the inverse finite before any turn or braking; it is far below real evidence.
      const dd = d + 1e-3
      const gg = g + 1e-3
      const c00 = dd * gg - e * e
      const c01 = c * e - b * gg
      const c02 = b * e - c * dd
      const det = a * c00 + b * c01 + c * c02
      if (!(a > 1) || !(det > 1e-9)) return null
      const c11 = a * gg - c * c
      const c12 = b * c - a * e
      const c22 = a * dd - b * b
      const row = (i: number, j: number, k: number): Vector =>
        Float64Array.of(
          (i * xf[0]! + j * xf[3]! + k * xf[6]!) / det,
          (i * xf[1]! + j * xf[4]! + k * xf[7]!) / det,
          (i * xf[2]! + j * xf[5]! + k * xf[8]!) / det,
        )
      const rest = row(c00, c01, c02)
      const forward = row(c01, c11, c12)
      const side = row(c02, c12, c22)
      const residual = new Float64Array(6)
      const freedom = Math.max(0, driven - 3) + priorWeight
      let misfit = 0
      let at = 0
      for (let j = 0; j < 3; j++) {
        for (let k = j; k < 3; k++) {
          const squares = left(at, j, k, rest, forward, side)
          if (j === k) misfit += Math.max(0, squares)
          const prior = j === k ? priorWeight * priorResidual ** 2 : 0
          residual[at++] = ((j === k ? Math.max(0, squares) : squares) + prior) / freedom
        }
      }
      return {
        rest,
        forward,
        left: side,
        restGain: c00 / det,
        forwardGain: c11 / det,
        leftGain: c22 / det,
        residual,
        misfit,
        driven,
      }
    },
  }
}
