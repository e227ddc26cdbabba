/** All of a share or factor, in parts per million. */
export const one = 1_000_000

/** a × b ÷ c of whole numbers, exact, rounded half up (or down where `half` is 0); c is positive. */
export function mulDiv(a: number, b: number, c: number, half: 0 | 1 = 1): number {
  return divide(BigInt(a) * BigInt(b), BigInt(c), half)
}

/** What metres cost at a rate a kilometre, rounded half up. */
export const perKm = (rateMicro: number, metres: number): number => mulDiv(rateMicro, metres, 1000)

/** Σ value × weight ÷ Σ weight of whole numbers, exact, rounded half up; null where nothing weighs. */
export function weightedMean(parts: readonly { value: number; weight: number }[]): number | null {
  let [sum, weights] = [0n, 0n]
  for (const { value, weight } of parts) {
    sum += BigInt(value) * BigInt(weight)
    weights += BigInt(weight)
  }
  return weights > 0n ? divide(sum, weights, 1) : null
}

function divide(a: bigint, c: bigint, half: 0 | 1): number {
  const divisor = c * 2n
  const shifted = a * 2n + BigInt(half) * c
  const quotient = shifted / divisor
  return Number(shifted % divisor < 0n ? quotient - 1n : quotient)
}
