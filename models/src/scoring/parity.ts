import type { Manifest } from './manifest.ts'
import type { Infer } from './scorer.ts'

/** Rows of features and the margins that the engine of the training gave for them: `parity.json` of an artifact. */
export interface Parity {
  /** Null is unknown. */
  rows: (number | null)[][]
  margins: number[]
}

/** Largest difference of two engines' margins: float32 sums of some hundred trees, added up in another order. */
export const parityTolerance = 1e-4

/** Reads `parity.json`. @throws TypeError where it is none */
export function parseParity(text: string): Parity {
  const parity = JSON.parse(text) as Parity
  const isRow = (row: unknown): boolean =>
    Array.isArray(row) && row.every((value) => value === null || typeof value === 'number')
  const { rows, margins } = parity ?? {}
  if (Array.isArray(rows) && rows.every(isRow) && Array.isArray(margins) && margins.every(Number.isFinite))
    return parity
  throw new TypeError('reading parity.json: expected rows of numbers or null, and margins')
}

/**
 * Has an engine answer an artifact's own rows, so that a model that answers otherwise than in training is found before it scores anybody.
 *
 * @returns the largest difference
 * @throws Error where there are no rows, or the engine answers otherwise
 */
export async function checkParity({ features }: Manifest, { rows, margins }: Parity, infer: Infer): Promise<number> {
  const width = features.length
  if (rows.length === 0 || rows.length !== margins.length || rows.some((row) => row.length !== width))
    throw new Error(`parity.json has not the rows of ${width} features that show what the model answers`)
  const found = await infer(
    Float32Array.from(rows.flat(), (value) => value ?? Number.NaN),
    rows.length,
  )
  const worst = margins.reduce((most, margin, n) => {
    const difference = Math.abs(margin - (found[n] ?? Number.NaN))
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(most, difference)
  }, 0)
  if (worst <= parityTolerance) return worst
  throw new Error(
    `its answers to its own ${rows.length} rows differ by up to ${worst.toExponential(1)}, at most ${parityTolerance} is right`,
  )
}
