import { norm, unit, type Vector } from './axes.ts'

/** Squared turn rates summed over seconds, rad²/s, from which on the axis is believed: a corner of a street has 0.6. */
const minTurned = 0.3
const minTurnedByCourse = 0.1

/**
 * The axis about which the vehicle turns, where gravity was removed and cannot tell up: a car turns about its vertical, so its
 * gyro shows that axis, and the courses of the fixes its sign. Without courses the sign stays a guess, and with it left.
 */
export const createTurnAxis = () => {
  const byCourse = new Float64Array(3)
  const squares = new Float64Array(9)
  let turned = 0
  return {
    /** A second's mean rates (three numbers from `offset` on, less `bias`), rad/s, and the turn by courses, NaN where unknown. */
    push(rates: Float64Array, offset: number, bias: Vector, courseRate: number): void {
      for (let i = 0; i < 3; i++) {
        const rate = rates[offset + i]! - bias[i]!
        if (!Number.isNaN(courseRate)) byCourse[i]! += rate * courseRate
        for (let j = 0; j < 3; j++) squares[i * 3 + j]! += rate * (rates[offset + j]! - bias[j]!)
      }
      if (!Number.isNaN(courseRate)) turned += courseRate * courseRate
    },
    /** Unit vector up, or null while little was turned. */
    get up(): Vector | null {
      if (turned >= minTurnedByCourse) return norm(byCourse) > 0 ? unit(byCourse) : null
      let most = 0
      for (let i = 1; i < 3; i++) if (squares[i * 4]! > squares[most * 4]!) most = i
      const total = squares[0]! + squares[4]! + squares[8]!
      return total >= minTurned ? unit(squares.slice(most * 3, most * 3 + 3)) : null
    },
  }
}
