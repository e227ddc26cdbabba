import type { Deciles, Manifest } from './manifest.ts'

/**
 * When a population has drifted from what the model was trained on, by its population stability index: below the first it has
 * not, from the second on the model is to be looked at and trained anew. The customary 0.1 and 0.25 go back to E. M. Lewis, An
 * Introduction to Credit Scoring (1992), and N. Siddiqi, Credit Risk Scorecards (2006); Yurdakul (Western Michigan University,
 * 2018) shows that they suit some hundred observations and more.
 */
export const driftThresholds = { watch: 0.1, act: 0.25 }

/** Fewer observations tell of chance: with ten bins the index of an unchanged population has a mean of 9 ÷ n. */
export const leastObservations = 200

/** What a share counts as at least: of an empty bin the logarithm would be infinite. */
const leastShare = 1e-4

/** How far one quantity has drifted. */
export interface Drift {
  /** Population stability index; null for fewer observations than tell anything. */
  psi: number | null
  observations: number
  verdict: 'stable' | 'watch' | 'act' | 'too few'
}

/**
 * Population stability index: Σ (actual − expected) × ln(actual ÷ expected) over the bins.
 *
 * @param expected and actual shares of the bins, each 1 in sum
 */
export function psi(expected: readonly number[], actual: readonly number[]): number {
  return expected.reduce((sum, share, bin) => {
    const [e, a] = [Math.max(leastShare, share), Math.max(leastShare, actual[bin] ?? 0)]
    return sum + (a - e) * Math.log(a / e)
  }, 0)
}

/**
 * How far values have drifted from the deciles of their reference.
 *
 * A value that several deciles share (a third of the drivers never braked hard) is one bin with all below it; how many the reference had
 * of it the deciles tell to a tenth alone, and within that tenth what is observed is taken for right. Unknown values are a bin of their own.
 *
 * @param values NaN where unknown
 */
export function driftOf(
  values: readonly number[],
  { quantiles, unknownShare = 0 }: { quantiles: Deciles; unknownShare?: number },
): Drift {
  const observations = values.length
  if (observations < leastObservations) return { psi: null, observations, verdict: 'too few' }
  const known = values.filter((value) => !Number.isNaN(value))
  const expected: number[] = []
  const actual: number[] = []
  let [expectedBelow, actualBelow] = [0, 0]
  for (const { value, least, most } of edgesOf(quantiles)) {
    const upTo = known.filter((one) => one <= value).length / Math.max(1, known.length)
    const expectedUpTo = Math.min(most, Math.max(least, upTo))
    expected.push(expectedUpTo - expectedBelow)
    actual.push(upTo - actualBelow)
    expectedBelow = expectedUpTo
    actualBelow = upTo
  }
  const knownShare = known.length / observations
  const found = psi(
    [...expected.map((share) => share * (1 - unknownShare)), unknownShare],
    [...actual.map((share) => share * knownShare), 1 - knownShare],
  )
  const { watch, act } = driftThresholds
  return { psi: found, observations, verdict: found >= act ? 'act' : found >= watch ? 'watch' : 'stable' }
}

/** Drift of the score and of each feature that the manifest has a reference of; null where it has none. */
export function driftFrom(
  { reference }: Manifest,
  observed: { margins: readonly number[]; features: (name: string) => readonly number[] },
): { score: Drift; features: Record<string, Drift> } | null {
  if (reference === undefined) return null
  const features = Object.entries(reference.features).map(([name, told]) => [
    name,
    driftOf(observed.features(name), told),
  ])
  return {
    score: driftOf(observed.margins, { quantiles: reference.scoreQuantiles }),
    features: Object.fromEntries(features),
  }
}

/** Upper edges of the bins, each with what share of the reference lies up to it; the last one has no end. */
function edgesOf(quantiles: Deciles): { value: number; least: number; most: number }[] {
  const last = quantiles.length - 1
  const edges = []
  for (let n = 1; n < last; n++) {
    if (quantiles[n] === quantiles[n + 1]) continue
    const isShared = quantiles[n] === quantiles[n - 1]
    edges.push({ value: quantiles[n]!, least: n / last, most: isShared ? (n + 1) / last : n / last })
  }
  return [...edges, { value: Number.POSITIVE_INFINITY, least: 1, most: 1 }]
}
