/** Powers of the series; the error stays below 1e-5. */
const terms = 8

/**
 * Cosine of an angle in degrees from −360 to 360, by its Taylor series.
 *
 * `Math.cos` may differ in the last bit from engine to engine; this cannot, and a guess needs no more digits.
 */
export function cosine(degrees: number): number {
  const turned = degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees
  const square = (turned * turned * Math.PI * Math.PI) / 32_400
  let term = 1
  let sum = 1
  for (let n = 1; n < terms; n++) {
    term = (-term * square) / ((2 * n - 1) * 2 * n)
    sum += term
  }
  return sum
}
