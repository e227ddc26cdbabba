import type { FeatureChange } from './what-if-changes.ts'

/**
 * The changes of a score's row that are changes of a term's row too, which is of other days.
 *
 * A value that is asked for goes the way that it goes in the score: where the term is there already, or farther, its own value stays. Calmer
 * driving than of late never means less calm driving than in the months before. What the term knows nothing of stays unknown.
 *
 * @param features names in the order of both rows
 * @param options.score the row that the changes are asked of; NaN is unknown
 * @param options.term the row of the term; NaN is unknown
 */
export function changesInTerm(
  features: readonly string[],
  changes: readonly FeatureChange[],
  { score, term }: { score: Float32Array; term: Float32Array },
): FeatureChange[] {
  return changes.filter((change) => {
    const index = features.indexOf(change.feature)
    const [of, own] = [score[index] ?? Number.NaN, term[index] ?? Number.NaN]
    if (Number.isNaN(of)) return true
    if ('times' in change) return !Number.isNaN(own)
    const to = Math.fround(change.to)
    if (to === of) return false
    return to < of ? own > to : own < to
  })
}
