/** Points and weights that integrate a polynomial from 0 to 1. */
export interface Quadrature {
  points: Float64Array
  weights: Float64Array
}

/** Halvings of an interval of length 1 or less after which its ends are neighbours as float64. */
const halvings = 60

/**
 * Gauss-Legendre quadratures of 1 to `most` points on [0, 1]; that of n points is exact to degree 2n − 1.
 *
 * The roots of a Legendre polynomial lie between those of the one before, and are found by halving: with nothing but the four
 * operations that IEEE 754 rounds alike everywhere, so that every engine gives the same bits.
 *
 * @returns the quadrature of n points at index n; index 0 is empty
 */
export function gaussLegendre(most: number): Quadrature[] {
  const quadratures: Quadrature[] = [{ points: new Float64Array(0), weights: new Float64Array(0) }]
  let roots: number[] = []
  for (let n = 1; n <= most; n++) {
    const ends = [-1, ...roots, 1]
    roots = Array.from({ length: n }, (_, index) => rootBetween(n, ends[index]!, ends[index + 1]!))
    quadratures.push({
      points: Float64Array.from(roots, (root) => (root + 1) / 2),
      weights: Float64Array.from(roots, (root) => {
        const before = n * legendre(n - 1, root)
        return (1 - root * root) / (before * before)
      }),
    })
  }
  return quadratures
}

/** The only root of the n-th Legendre polynomial between two numbers at which its signs differ. */
function rootBetween(n: number, from: number, to: number): number {
  const rises = legendre(n, from) < 0
  let low = from
  let high = to
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2
    if (legendre(n, middle) < 0 === rises) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Legendre polynomial of degree n by Bonnet's recursion. */
function legendre(n: number, x: number): number {
  let before = 0
  let value = 1
  for (let k = 0; k < n; k++) [before, value] = [value, ((2 * k + 1) * x * value - k * before) / (k + 1)]
  return value
}
