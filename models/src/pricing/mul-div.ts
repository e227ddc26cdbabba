/** All of a share or factor, in parts per million. */
export const one = 1_000_000

/** a × b ÷ c of whole numbers, exact, rounded half up (or down where `half` is 0); c is positive. */
export function mulDiv(a: number, b: number, c: number, half: 0 | 1 = 1): number {
  const divisor = BigInt(c) * 2n
  const shifted = BigInt(a) * BigInt(b) * 2n + BigInt(half) * BigInt(c)
  const quotient = shifted / divisor
  return Number(shifted % divisor < 0n ? quotient - 1n : quotient)
}
