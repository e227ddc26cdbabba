import type { ReceiptFeature } from '@fairmile/contract/receipt.ts'
import type { Deciles, Manifest } from '../scoring/manifest.ts'
import { wordsOf } from './feature-words.ts'

/** Where a feature of a driver lies among those of the training portfolio. */
export interface FeaturePlace {
  readonly feature: string
  readonly subject: string
  readonly unit: string
  /** Null where it is unknown. */
  readonly value: number | null
  /** Share of the portfolio that has less, 0–1; null where the value is unknown. */
  readonly share: number | null
  /** 1 (the tenth that has least) to 10; null where the value is unknown. */
  readonly decile: number | null
  /** Of the portfolio: the middle, and between which values eight of ten drivers lie. */
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Where a driver's features lie in the training portfolio, in their order; those that the manifest knows no deciles of are left out. */
export function placesOf({ reference }: Manifest, features: readonly ReceiptFeature[]): FeaturePlace[] {
  return features.flatMap(({ name, unit, value }) => {
    const quantiles = reference?.features[name]?.quantiles
    if (!quantiles) return []
    const share = value === null ? null : shareBelow(quantiles, value)
    return [
      {
        ...{ feature: name, subject: wordsOf(name).subject, unit, value, share },
        decile: share === null ? null : decileOf(share),
        median: quantiles[5]!,
        low: quantiles[1]!,
        high: quantiles[9]!,
      },
    ]
  })
}

/** The tenth of a share, 1 to 10. */
export const decileOf = (share: number): number => Math.min(10, Math.floor(share * 10) + 1)

/** Share of a portfolio that lies below a value, linear between its deciles; of values that many share, the middle of those. */
export function shareBelow(quantiles: Deciles, value: number): number {
  const last = quantiles.length - 1
  if (value < quantiles[0]!) return 0
  if (value > quantiles[last]!) return 1
  const first = quantiles.indexOf(value)
  if (first >= 0) return (first + quantiles.lastIndexOf(value)) / 2 / last
  const above = quantiles.findIndex((quantile) => quantile > value)
  const [low, high] = [quantiles[above - 1]!, quantiles[above]!]
  return (above - 1 + (value - low) / (high - low)) / last
}
