import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { changeLimits } from './change-limits.ts'
import { mulDiv, one, perKm } from './mul-div.ts'
import type { Rates } from './plan-rates.ts'

/** What behaviour makes of the price of kilometres. */
export interface Factors {
  relativityPpm: number
  discountPpm: number
  /** Holds what kilometres cost near what they cost before, where the plan limits changes. */
  limits: ReturnType<typeof changeLimits>
}

/** What the kilometres of a plan's month cost that behaviour moves the price of, micro. */
export function monthKilometres(
  { month }: RatingPlan,
  { behaviourPerKm }: Rates,
  { relativityPpm, discountPpm, limits }: Factors,
): number {
  const usage = perKm(behaviourPerKm, month.distanceM)
  const behaviour = mulDiv(usage, relativityPpm, one)
  const charged = behaviour - mulDiv(behaviour, discountPpm, one, 0)
  return limits ? limits.hold(usage, charged) : charged
}
