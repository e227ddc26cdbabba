/** Inverse of a symmetric positive definite matrix, row by row (Gauss-Jordan with pivots); null where it has none. */
export function invert(matrix: Float64Array, n: number): Float64Array | null {
  const a = Float64Array.from(matrix)
  const inverse = new Float64Array(n * n)
  for (let i = 0; i < n; i++) inverse[i * n + i] = 1
  for (let column = 0; column < n; column++) {
    const pivot = a[column * n + column]!
    if (!(Math.abs(pivot) > 1e-9)) return null
    for (let k = 0; k < n; k++) {
      a[column * n + k]! /= pivot
      inverse[column * n + k]! /= pivot
    }
    for (let row = 0; row < n; row++) {
      const factor = a[row * n + column]!
      if (row === column || factor === 0) continue
      for (let k = 0; k < n; k++) {
        a[row * n + k]! -= factor * a[column * n + k]!
        inverse[row * n + k]! -= factor * inverse[column * n + k]!
      }
    }
  }
  return inverse
}
