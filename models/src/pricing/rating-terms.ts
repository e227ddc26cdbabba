import type { EventKind } from '@fairmile/contract/driving-event.ts'
import type { Jurisdiction, Rated, RatingFactor, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { knownDriverFeatures } from '../features/driver.ts'

/** What a plan comes to for a policy, once the law of its place is heard. */
export interface RatingTerms {
  /** Null where the plan has no jurisdictions. */
  jurisdiction: string | null
  surchargeAllowed: boolean
  maxDiscountPpm: number
  mileageOnly: boolean
  /** Events that make a trip unclean. */
  kinds: readonly EventKind[]
  /** Features that the model is not shown. */
  hidden: ReadonlySet<string>
  /** Null where nothing limits changes. */
  change: Jurisdiction['change'] | null
  taxes: { name: string; ratePpm: number }[]
}

/** Which family a feature of the driver model is of: what is not listed is of `trips`, what kinds of trips are driven. */
const families: Record<Exclude<RatingFactor, 'trips'>, RegExp> = {
  harshEvents: /^(harsh_\w+_rate|hard_\w+_share|(high|extreme)_jerk_share)$/,
  smoothness:
    /^((gentle_)?(braking|cornering)_share|acceleration_share|coasting_share|\w+_rms|calm_jerk_share|(braking|acceleration|cornering|jerk)_between_trips)$/,
  speeding: /^(speeding_\w+|excessive_speeding_share|above_\d+_share|speed_top)$/,
  phone: /^phone_/,
  night: /^(night|evening)_/,
  week: /^(rush|weekend)_/,
}

/** The family of a feature, by its name. */
export function ratingFactorOf(feature: string): RatingFactor {
  const found = Object.entries(families).find(([, names]) => names.test(feature))
  return (found?.[0] as RatingFactor | undefined) ?? 'trips'
}

/** Member states of the European Union, by ISO 3166-1. */
const memberStates = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)

/**
 * What a plan comes to for a policy.
 *
 * @throws RangeError where the plan has jurisdictions and none is the policy's
 */
export function ratingTerms(plan: RatingPlan, rated: Rated = {}): RatingTerms {
  const { relativity, discount, outside } = plan
  const place = jurisdictionOf(plan, rated.jurisdiction)
  const planTaxes = outside?.taxes ?? []
  if (!place)
    return {
      jurisdiction: null,
      surchargeAllowed: relativity.surchargeAllowed,
      maxDiscountPpm: discount.maxPpm,
      mileageOnly: false,
      kinds: discount.factor.kinds,
      hidden: new Set(),
      change: null,
      taxes: planTaxes,
    }
  const { factors, mileageOnly, change } = place
  const shown = (feature: string): boolean => !mileageOnly && factors[ratingFactorOf(feature)]
  return {
    jurisdiction: place.code,
    surchargeAllowed: relativity.surchargeAllowed && place.surchargeAllowed,
    maxDiscountPpm: mileageOnly ? 0 : Math.min(discount.maxPpm, place.maximumDiscountPpm),
    mileageOnly,
    kinds: discount.factor.kinds.filter((kind) => factors[factorOfKind(kind)]),
    hidden: new Set(knownDriverFeatures.map(({ name }) => name).filter((name) => !shown(name))),
    change,
    taxes: [...planTaxes, ...place.taxes],
  }
}

function jurisdictionOf({ id, jurisdictions }: RatingPlan, code: string | undefined): Jurisdiction | null {
  if (!jurisdictions) return null
  const find = (wanted: string | undefined) => jurisdictions.find((place) => place.code === wanted)
  const found = find(code) ?? (code && memberStates.has(code) ? find('EU-default') : undefined)
  if (found) return found
  const places = jurisdictions.map((place) => place.code).join(', ')
  throw new RangeError(
    `rating by plan "${id}": it is for ${places}, and the policy ${code === undefined ? 'names no jurisdiction' : `is of "${code}"`}`,
  )
}

const factorOfKind = (kind: EventKind): RatingFactor =>
  kind === 'speeding' ? 'speeding' : kind === 'phone_use' ? 'phone' : 'harshEvents'
