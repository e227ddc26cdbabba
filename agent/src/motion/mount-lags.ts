import { dot, type Vector } from './axes.ts'
import { axesFrom, type FoundAxes } from './mount-axes.ts'
import { createMountRegression, type Solution } from './mount-regression.ts'

/** Lags of the receiver behind the IMU that are tried, milliseconds: receivers filter their speed over up to two seconds, lines add half of one. */
export const lagStepMs = 100
export const lagCount = 26
/** What lags of receivers are like before the data tell, milliseconds: mean and one standard deviation. */
const usualLagMs = 400
export const lagSpreadMs = 500
/** Successive seconds share slopes and manoeuvres: likelihoods count for so much less than those of independent ones. */
const correlation = 4
/** Receivers lie most while a drive begins: beside all statistics the yaw is unsure by so much over the seconds driven, degrees. */
const yawDegSeconds = 60
/** Lags less likely than the likeliest by this factor are left out. */
const negligible = 1e-3

/** The axes with everything that the choice of the lag leaves unsure. */
export interface LaggedAxes extends FoundAxes {
  rest: Vector
  lagMs: number
  lagSigmaMs: number
}

/**
 * One regression for each candidate lag. The lag is not taken from the one that happens to fit best: its likelihood, with a
 * prior, weighs all of them, and the spread of their yaws is part of the yaw's sigma.
 */
export const createMountLags = (gravityIncluded: boolean) => {
  const regressions = Array.from({ length: lagCount }, createMountRegression)
  const weights = new Float64Array(lagCount)

  /** Index of the likeliest lag, or -1; leaves the lags' relative likelihoods in `weights`. */
  const weigh = (solutions: readonly (Solution | null)[]): number => {
    let least = -1
    solutions.forEach((one, i) => {
      if (one !== null && (least < 0 || one.misfit < solutions[least]!.misfit)) least = i
    })
    if (least < 0) return -1
    const { residual } = solutions[least]!
    const variance = ((residual[0]! + residual[3]! + residual[5]!) / 3) * correlation
    let best = -1
    solutions.forEach((one, i) => {
      const off = (i * lagStepMs - usualLagMs) / lagSpreadMs
      weights[i] =
        one === null ? 0 : Math.exp((solutions[least]!.misfit - one.misfit) / (2 * variance) - (off * off) / 2)
      if (best < 0 || weights[i]! > weights[best]!) best = i
    })
    return best
  }

  return {
    /** Lets all evidence fade by a factor. */
    fade(factor: number): void {
      for (const one of regressions) one.fade(factor)
    },
    /** A stretch seen at the lag of this index. */
    add(index: number, weight: number, aLong: number, aLat: number, force: Float64Array): void {
      regressions[index]!.add(weight, aLong, aLat, force)
    },
    /** The same for every lag: nothing of it depends on the receiver. */
    addAll(weight: number, aLong: number, aLat: number, force: Float64Array): void {
      for (const one of regressions) one.add(weight, aLong, aLat, force)
    },
    /** A stretch at rest: it tells gravity, and nothing of how well driving is explained. */
    addRest(weight: number, force: Float64Array): void {
      for (const one of regressions) one.addRest(weight, force)
    },
    /** What all of it says; null while it says nothing. */
    solve(turnAxis: Vector | null): LaggedAxes | null {
      const solutions = regressions.map((one) => one.solve())
      const best = weigh(solutions)
      if (best < 0) return null
      const found = axesFrom(solutions[best]!, gravityIncluded, turnAxis)
      if (found === null) return null
      const [forward, left] = [found.rotation.subarray(0, 3), found.rotation.subarray(3, 6)]
      let sum = 0
      let lag = 0
      let lagSquares = 0
      let yawSquares = 0
      for (let i = 0; i < lagCount; i++) {
        const weight = weights[i]! / weights[best]!
        if (weight < negligible) continue
        sum += weight
        lag += weight * i * lagStepMs
        lagSquares += weight * (i * lagStepMs) ** 2
        const other = i === best ? found : axesFrom(solutions[i]!, gravityIncluded, turnAxis)
        if (other === null) continue
        const axis = other.rotation.subarray(0, 3)
        yawSquares += weight * ((Math.atan2(dot(axis, left), dot(axis, forward)) * 180) / Math.PI) ** 2
      }
      return {
        ...found,
        yawSigmaDeg: Math.min(
          180,
          Math.hypot(found.yawSigmaDeg, Math.sqrt(yawSquares / sum), yawDegSeconds / (1 + solutions[best]!.driven)),
        ),
        rest: solutions[best]!.rest,
        lagMs: Math.round(lag / sum),
        // No better than the steps that are tried.
        lagSigmaMs: Math.sqrt(Math.max(0, lagSquares / sum - (lag / sum) ** 2) + lagStepMs ** 2 / 12),
      }
    },
  }
}
