import type { RewardCatalogue, RewardJurisdiction, RewardOffer } from '@fairmile/contract/reward-catalogue.ts'

/** Why an offer cannot be had; null where it can. */
export type Refusal = 'kind_not_allowed' | 'other_currency' | 'over_the_year' | 'balance_too_low'

/** The strictest rules of a driver's plans; of none, those of unknown plans. */
export function jurisdictionOf(
  { jurisdictions, plans, otherPlans }: RewardCatalogue,
  planIds: readonly string[],
): RewardJurisdiction {
  const ids = planIds.length === 0 ? [otherPlans] : planIds.map((id) => plans[id] ?? otherPlans)
  const [strictest] = jurisdictions
    .filter(({ id }) => ids.includes(id))
    .toSorted((a, b) => a.kinds.length - b.kinds.length || a.mostValueMinorAYear - b.mostValueMinorAYear)
  if (!strictest) throw new RangeError(`finding the jurisdiction of ${ids.join(', ')}: there is none`)
  return strictest
}

/** Whether an offer counts towards the most that may be given in a year. */
export const countsInYear = ({ uncountedKinds }: RewardJurisdiction, { kind }: Pick<RewardOffer, 'kind'>): boolean =>
  !uncountedKinds.includes(kind)

/** Whether a driver may have an offer: what the law allows comes before what they can pay. */
export function refusalOf(
  offer: RewardOffer,
  {
    jurisdiction,
    balance,
    givenMinor,
  }: {
    jurisdiction: RewardJurisdiction
    balance: number
    /** Value of what the driver was given in this calendar year, of the kinds that count. */
    givenMinor: number
  },
): Refusal | null {
  if (!jurisdiction.kinds.includes(offer.kind)) return 'kind_not_allowed'
  if (countsInYear(jurisdiction, offer)) {
    if (offer.currency !== jurisdiction.currency) return 'other_currency'
    if (givenMinor + offer.valueMinor > jurisdiction.mostValueMinorAYear) return 'over_the_year'
  }
  return balance < offer.points ? 'balance_too_low' : null
}
