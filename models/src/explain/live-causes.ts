import type { LiveCause } from '@fairmile/contract/live.ts'
import type { TreeShap } from './tree-shap.ts'

/** Windows looked at: the last minute, one a second. */
const span = 60
/** What a driver can take in at a glance. */
const mostCauses = 3
/** Parts smaller than this of what raises the risk are no cause worth a word. */
const leastShare = 0.05

/** What raised the live risk most in the last minute. */
export interface LiveCauses {
  /** Takes the features of the newest window, once a second; allocates nothing. */
  push(row: Float32Array): void
  /** The strongest first, each with its part of all that raises the risk; none where nothing does. */
  top(): LiveCause[]
}

/** Sums up the SHAP values of the newest windows, feature by feature. */
export function createLiveCauses(options: {
  shap: Omit<TreeShap, 'explainRows'>
  features: readonly string[]
}): LiveCauses {
  const { shap, features } = options
  const width = features.length
  const ring = new Float64Array(span * width)
  const values = new Float64Array(width)
  const sums = new Float64Array(width)
  let count = 0
  return {
    push(row) {
      shap.explain(row, values)
      const at = (count++ % span) * width
      for (let i = 0; i < width; i++) {
        sums[i]! += values[i]! - ring[at + i]!
        ring[at + i] = values[i]!
      }
    },
    top() {
      let total = 0
      for (const sum of sums) if (sum > 0) total += sum
      return features
        .map((feature, i) => ({ feature, share: total > 0 ? Math.max(0, sums[i]!) / total : 0 }))
        .filter(({ share }) => share >= leastShare)
        .sort((a, b) => b.share - a.share)
        .slice(0, mostCauses)
        .map(({ feature, share }) => ({ feature, share: Math.round(share * 100) / 100 }))
    },
  }
}
