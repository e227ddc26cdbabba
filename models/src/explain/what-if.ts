import { type CredibleRisk, credibleMargin, credibleRisk } from '../scoring/credible-risk.ts'
import { type Manifest, portfolioMargin, riskOfMargin } from '../scoring/manifest.ts'
import type { Infer } from '../scoring/scorer.ts'
import type { TreeShap } from './tree-shap.ts'
import { type CredibleDifference, credibleDifference } from './what-if-difference.ts'

/** A model that what-ifs are asked of; by SHAP values it also tells which feature does what. */
export interface WhatIfModel {
  readonly manifest: Manifest
  readonly infer: Infer
  readonly shap?: Pick<TreeShap, 'explain'>
}

/** A driver as scored. */
export interface WhatIfScore extends CredibleRisk {
  /** 100 − risk. */
  safetyScore: number
  /** Natural log of the claim frequency, by the model alone. */
  margin: number
  /** Claim frequency ÷ that of the portfolio, by the model alone. */
  relativity: number
}

/** What a change would do. */
export interface WhatIf {
  before: WhatIfScore
  after: WhatIfScore
  difference: {
    /** Of the risk, after − before, with its 90 % interval. */
    risk: number
    low: number
    high: number
    /** Of the margin, as far as it is believed. */
    margin: CredibleDifference
  }
  /** What each feature does to the margin, after − before, the largest first; they add up to its change. Null without SHAP values. */
  effects: { feature: string; shap: number }[] | null
}

/** Below this a feature does nothing. */
const leastEffect = 1e-9

/**
 * Scores a driver as they are and as they would be.
 *
 * Both margins come from one inference. The interval is of the difference, for the same driver (`credibleDifference`); those of the two
 * scores are wider, for they say how well the driver is known at all. It is told in risk at the place where the driver is believed to be.
 *
 * @param options.before row of the model's features, NaN is unknown
 * @param options.after the same with changes (`changeRow`), or of changed statistics (`withoutEvents`)
 * @param options.judgedKm kilometres that the driver is known by
 * @throws RangeError where the rows are not of the model's width, or the model gives no finite margin
 */
export async function whatIf(
  { manifest, infer, shap }: WhatIfModel,
  { before, after, judgedKm }: { before: Float32Array; after: Float32Array; judgedKm: number },
): Promise<WhatIf> {
  const width = manifest.features.length
  const problem = (reason: string): RangeError =>
    new RangeError(`asking "${manifest.name}" ${manifest.version} what if: ${reason}`)
  if (before.length !== width || after.length !== width)
    throw problem(`rows of ${before.length} and ${after.length} values for ${width} features`)
  const rows = new Float32Array(2 * width)
  rows.set(before)
  rows.set(after, width)
  const [from = Number.NaN, to = Number.NaN] = await infer(rows, 2)
  if (!Number.isFinite(from) || !Number.isFinite(to)) throw problem(`the margins are ${from} and ${to}`)

  const scored = (margin: number): WhatIfScore => {
    const risk = credibleRisk(manifest, { margin, judgedKm })
    return { ...risk, safetyScore: 100 - risk.risk, margin, relativity: Math.exp(margin - portfolioMargin(manifest)) }
  }
  const difference = credibleDifference(manifest, { delta: to - from, judgedKm })
  const { mean } = credibleMargin(manifest, { margin: from, judgedKm })
  const riskAfter = (change: number): number => riskOfMargin(manifest, mean + change) - riskOfMargin(manifest, mean)
  return {
    before: scored(from),
    after: scored(to),
    difference: {
      risk: riskAfter(difference.mean),
      low: riskAfter(difference.low),
      high: riskAfter(difference.high),
      margin: difference,
    },
    effects: shap ? effectsOf(manifest.features, shap, before, after) : null,
  }
}

function effectsOf(
  features: readonly string[],
  shap: Pick<TreeShap, 'explain'>,
  before: Float32Array,
  after: Float32Array,
): { feature: string; shap: number }[] {
  const from = new Float64Array(features.length)
  const to = new Float64Array(features.length)
  shap.explain(before, from)
  shap.explain(after, to)
  return features
    .map((feature, index) => ({ feature, shap: to[index]! - from[index]! }))
    .filter((effect) => Math.abs(effect.shap) > leastEffect)
    .sort((a, b) => Math.abs(b.shap) - Math.abs(a.shap))
}
