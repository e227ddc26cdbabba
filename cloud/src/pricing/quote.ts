import type { Quote, QuoteBody } from '@fairmile/contract/http/pricing.ts'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { computePremium, type Premium } from '@fairmile/models/pricing/premium.ts'
import { withHighest } from '@fairmile/models/pricing/term-premium.ts'

/**
 * What a term would cost: for an average driver without a discount, with the steps; and from the least, at the plan's lowest relativity with
 * every kilometre clean, to the most.
 */
export function quote(plan: RatingPlan, { planId, rated, expectedKm, days }: QuoteBody): Quote {
  const distanceM = Math.round(expectedKm * 1000)
  const price = (relativityPpm: number, cleanM: number): Premium =>
    withHighest(
      computePremium({
        ...{ plan, rated, days, baseMargin: 0, beforeMinor: 0 },
        exposure: { distanceM, gradableM: distanceM, cleanM },
        margin: Math.log(relativityPpm / 1_000_000),
      }),
    )
  const average = price(1_000_000, 0)
  const { minPpm, maxPpm } = plan.relativity
  return {
    ...{ planId, currency: plan.currency, days, expectedKm },
    ...{ premiumMinor: average.premiumMinor, monthMinor: average.monthMinor, steps: average.steps },
    leastMinor: price(minPpm, distanceM).premiumMinor,
    mostMinor: price(maxPpm, 0).premiumMinor,
  }
}
