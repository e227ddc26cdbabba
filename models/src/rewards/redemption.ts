import type { RewardCatalogue, RewardJurisdiction, RewardOffer } from '@fairmile/contract/reward-catalogue.ts'

/** Why an offer cannot be had; null where it can. */
export type Refusal = 'kind_not_allowed' | 'other_currency' | 'over_the_year' | 'balance_too_low'

/** Of a policy, what decides on what its driver may be given. */
export interface InsuredWhere {
  planId: string
  /** Where it is sold, as it tells its plan; null where it tells no place. */
  place: string | null
}

/** What all of a driver's policies allow, each by its place, or by its plan where it tells none. Without a policy, what is allowed where nothing is known. */
export function jurisdictionOf(
  { jurisdictions, places, plans, otherPlans }: RewardCatalogue,
  policies: readonly InsuredWhere[],
): RewardJurisdiction {
  const idOf = ({ planId, place }: InsuredWhere): string | undefined => {
    const [known, name] = place === null ? [plans, planId] : [places, place]
    return Object.hasOwn(known, name) ? known[name] : undefined
  }
  const ids = policies.length === 0 ? [otherPlans] : policies.map((policy) => idOf(policy) ?? otherPlans)
  const [strictest, ...others] = jurisdictions
    .filter(({ id }) => ids.includes(id))
    .toSorted((a, b) => a.kinds.length - b.kinds.length || a.mostValueMinorAYear - b.mostValueMinorAYear)
  if (!strictest) throw new RangeError(`finding the jurisdiction of ${ids.join(', ')}: there is none`)
  return others.reduce(bothOf, strictest)
}

/** What two jurisdictions allow: the first itself where the second takes nothing from it, else one of both names. */
function bothOf(one: RewardJurisdiction, other: RewardJurisdiction): RewardJurisdiction {
  const kinds = one.kinds.filter((kind) => other.kinds.includes(kind))
  const uncountedKinds = one.uncountedKinds.filter((kind) => other.uncountedKinds.includes(kind))
  // What may be given in one currency is in no other: nothing that counts is allowed by both.
  const isComparable = one.currency === other.currency
  const mostValueMinorAYear = isComparable ? Math.min(one.mostValueMinorAYear, other.mostValueMinorAYear) : 0
  const isSame =
    kinds.length === one.kinds.length &&
    uncountedKinds.length === one.uncountedKinds.length &&
    mostValueMinorAYear === one.mostValueMinorAYear
  if (isSame) return one
  return {
    ...{ kinds, uncountedKinds, mostValueMinorAYear, currency: one.currency },
    rebateAllowed: one.rebateAllowed && other.rebateAllowed,
    id: `${one.id}+${other.id}`,
    title: `${one.title}, and: ${other.title}`,
    notes: `${one.notes} ${other.notes}`,
  }
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
