import type { Quote, QuoteBody } from '@fairmile/contract/http/pricing.ts'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { Exposure } from '@fairmile/models/pricing/exposure.ts'
import { mulDiv, one } from '@fairmile/models/pricing/mul-div.ts'
import { computePremium, type Premium, type PremiumInput } from '@fairmile/models/pricing/premium.ts'
import { ratingTerms } from '@fairmile/models/pricing/rating-terms.ts'
import { withHighest } from '@fairmile/models/pricing/term-premium.ts'
import type { DriverBehaviour } from './driver-behaviour.ts'

type Behaviour = Pick<PremiumInput, 'exposure' | 'margin' | 'baseMargin' | 'coverageSlopes'>

/**
 * What a term would cost, driven evenly over its days, with the steps: for an average driver without a discount, or for one who drives on
 * as until now, once there are kilometres enough to be scored; and from the least, at the plan's lowest relativity with every kilometre
 * clean, to the most.
 */
export function quote(
  plan: RatingPlan,
  { planId, rated, expectedKm, days }: QuoteBody,
  driver: DriverBehaviour | null,
): Quote {
  const distanceM = Math.round(expectedKm * 1000)
  const { change } = ratingTerms(plan, rated)
  const noticeM = mulDiv(distanceM, Math.min(days, change?.noticeDays ?? 0), days)
  const price = (behaviour: Behaviour): Premium =>
    withHighest(computePremium({ ...{ plan, rated, days, noticeM, beforeMinor: 0 }, ...behaviour }))
  const at = (relativityPpm: number, cleanM: number): Premium => {
    const exposure = { distanceM, gradableM: distanceM, cleanM }
    return price({ exposure, margin: Math.log(relativityPpm / one), baseMargin: 0 })
  }
  const quoted = driver ? price({ ...driver, exposure: expected(driver.exposure, distanceM, plan) }) : at(one, 0)
  const { minPpm, maxPpm } = plan.relativity
  return {
    ...{ planId, currency: plan.currency, days, expectedKm },
    ...{ premiumMinor: quoted.premiumMinor, monthMinor: quoted.monthMinor, steps: quoted.steps },
    leastMinor: at(minPpm, distanceM).premiumMinor,
    mostMinor: at(maxPpm, 0).premiumMinor,
    driver: driver && {
      ...{ driverId: driver.driverId, scoreVersion: driver.scoreVersion },
      ...{ relativityPpm: quoted.relativityPpm, cleanSharePpm: quoted.cleanSharePpm, discountPpm: quoted.discountPpm },
    },
  }
}

/**
 * So many metres with the shares of those that were driven. Below the plan's minimum of scored distance no share says anything: what was judged stays as
 * little as it is, so that it counts as in the price of a policy, for next to nothing.
 */
function expected(driven: Exposure, distanceM: number, { relativity }: RatingPlan): Exposure {
  if (driven.gradableM < relativity.minimumScoredM) return { ...driven, distanceM }
  const share = (metres: number): number =>
    driven.distanceM > 0 ? Math.min(distanceM, mulDiv(distanceM, metres, driven.distanceM, 0)) : 0
  return { distanceM, gradableM: share(driven.gradableM), cleanM: share(driven.cleanM) }
}
