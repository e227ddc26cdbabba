import { gaussLegendre } from './gauss-legendre.ts'

/**
 * Writes into `out`, one a feature of the path, what each adds to the expected value of a leaf.
 *
 * @param zero share of rows that pass a feature's splits on the path when it is unknown, one a feature
 * @param one 1 where the row passes a feature's splits on the path, else 0, one a feature
 * @param value of the leaf
 */
export type PathShares = (zero: Float64Array, one: Float64Array, value: number, out: Float64Array) => void

/**
 * Shapley values of one path from the root to a leaf, whose game is v(S) = value × Π one (in S) × Π zero (not in S).
 *
 * The weight |S|!(n−|S|−1)!/n! of a set is ∫ t^|S| (1−t)^(n−|S|−1) dt from 0 to 1, so the value of feature i is
 * `value (oneᵢ − zeroᵢ) ∫ Πⱼ≠ᵢ (zeroⱼ(1−t) + oneⱼt) dt`: a polynomial of degree n − 1, which ⌈n/2⌉ Gauss-Legendre points
 * integrate exactly, with products from both ends and no division (as Linear TreeSHAP of Yu et al. 2022 does for whole trees).
 *
 * @param most features that a path may have
 */
export function createPathShares(most: number): PathShares {
  const quadratures = gaussLegendre(Math.ceil(most / 2))
  const factors = new Float64Array(most)
  const before = new Float64Array(most)
  const integrals = new Float64Array(most)

  return (zero, one, value, out) => {
    const n = zero.length
    const { points, weights } = quadratures[Math.ceil(n / 2)]!
    integrals.fill(0, 0, n)
    for (let q = 0; q < points.length; q++) {
      const t = points[q]!
      let product = weights[q]!
      for (let i = 0; i < n; i++) {
        const factor = zero[i]! * (1 - t) + one[i]! * t
        factors[i] = factor
        before[i] = product
        product *= factor
      }
      let after = 1
      for (let i = n - 1; i >= 0; i--) {
        integrals[i]! += before[i]! * after
        after *= factors[i]!
      }
    }
    for (let i = 0; i < n; i++) out[i] = value * (one[i]! - zero[i]!) * integrals[i]!
  }
}
