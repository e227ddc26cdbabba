/** What `parity.json` of an artifact holds. */
export interface Parity {
  /** Rows of features, null is unknown. */
  rows: (number | null)[][]
  /** XGBoost's margins and `pred_contribs` of them, the last of which is the base. */
  margins: number[]
  contributions: number[][]
}

/** Share of the values that are made unknown, besides those that are. */
const unknownShare = 0.05
/** Factors by which values differ from those of the artifact. */
const leastFactor = 0.8
const mostFactor = 1.25

/**
 * Makes many rows like the few of an artifact: each value is that of one of two of its rows, up to a quarter more or a fifth less,
 * or unknown. For tests and benches.
 *
 * @returns `n` rows, one after the other, NaN where unknown
 */
export function parityRows({ rows }: Parity, n: number, seed: number): Float32Array {
  const random = generator(seed)
  const width = rows[0]?.length ?? 0
  const made = new Float32Array(n * width)
  for (let i = 0; i < n; i++) {
    const parents = [rows[Math.floor(random() * rows.length)]!, rows[Math.floor(random() * rows.length)]!]
    for (let column = 0; column < width; column++) {
      const value = parents[random() < 0.5 ? 0 : 1]![column] ?? Number.NaN
      const factor = leastFactor + random() * (mostFactor - leastFactor)
      made[i * width + column] = random() < unknownShare ? Number.NaN : value * factor
    }
  }
  return made
}

/** Numbers from 0 to 1 by Marsaglia's xorshift with 32 bits. */
function generator(seed: number): () => number {
  let state = seed | 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
