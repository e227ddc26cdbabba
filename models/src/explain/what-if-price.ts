import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { Exposure } from '../pricing/exposure.ts'
import { computePremium } from '../pricing/premium.ts'
import { coverageSlopes, type Manifest, portfolioMargin } from '../scoring/manifest.ts'
import { credibleDifference } from './what-if-difference.ts'

/** What the plan's month would cost, in minor units. */
export interface WhatIfPrice {
  currency: string
  beforeMinor: number
  afterMinor: number
  /** Where the month lies with 90 % confidence, as far as the change is one of the driver and not of chance. */
  lowMinor: number
  highMinor: number
}

/** A term as it is priced: kilometres, and the model's margin of its features. */
export interface PricedTerm {
  exposure: Exposure
  margin: number
}

/**
 * What a change would do to the price, by the plan's own steps: `after` is to the cent what the plan would quote for such features.
 *
 * The plan takes the model's margin and has a credibility of its own, so the point is the changed margin and not the believed part of it;
 * the interval is as wide as that of the score's difference.
 */
export function whatIfPrice(
  { plan, rated, manifest }: { plan: RatingPlan; rated?: Rated; manifest: Manifest },
  { before, after }: { before: PricedTerm; after: PricedTerm },
): WhatIfPrice {
  const month = ({ exposure, margin }: PricedTerm): number =>
    computePremium({
      plan,
      rated,
      exposure,
      margin,
      baseMargin: portfolioMargin(manifest),
      coverageSlopes: coverageSlopes(manifest),
      days: 0,
      beforeMinor: 0,
    }).monthMinor
  const judgedKm = before.exposure.gradableM / 1000
  const { low, high } = credibleDifference(manifest, { delta: after.margin - before.margin, judgedKm })
  const half = (high - low) / 2
  return {
    currency: plan.currency,
    beforeMinor: month(before),
    afterMinor: month(after),
    lowMinor: month({ ...after, margin: after.margin - half }),
    highMinor: month({ ...after, margin: after.margin + half }),
  }
}
