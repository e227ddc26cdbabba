import type { Rated, RatingPlan, RenewedFrom } from '@fairmile/contract/rating-plan.ts'
import type { Arithmetic, EndorsementOf, ReceiptStep } from '@fairmile/contract/receipt.ts'
import { changeLimits } from './change-limits.ts'
import type { Exposure } from './exposure.ts'
import { type Factors, monthKilometres } from './month-kilometres.ts'
import { mulDiv, one, perKm } from './mul-div.ts'
import { outsideSteps } from './outside-steps.ts'
import { type Rates, ratesOf } from './plan-rates.ts'
import type { Step } from './price-step.ts'
import { type RatingTerms, ratingTerms } from './rating-terms.ts'
import { credibilityOf, relativitySteps } from './relativity-steps.ts'

/** What a premium is computed from. */
export interface PremiumInput {
  plan: RatingPlan
  exposure: Exposure
  /** What the policy tells the plan. @default nothing */
  rated?: Rated | undefined
  /** What the term before ended with. @default there was none */
  renewedFrom?: RenewedFrom | undefined
  /** @default 3 */
  arithmetic?: Arithmetic | undefined
  /** Days of the term that have begun. */
  days: number
  /** Metres that were driven in the days of notice. @default not told, as in receipts before: the limits are those of the term's last day for all */
  noticeM?: number | undefined
  /** The model's margin and that of its portfolio, natural logs. */
  margin: number
  baseMargin: number
  /** How far the log claim frequency of a coverage follows the margin, by the coverage's name; one for those that are not named. @default one for all */
  coverageSlopes?: Readonly<Record<string, number>> | undefined
  /** The policy that became this one within its term, with its fees and factors until then. @default this one began the term */
  endorsementOf?: EndorsementOf | undefined
  /** What the term had cost before, minor units. */
  beforeMinor: number
  /** The relativity that the term starts from, parts per million. @default one, and no step says so */
  carriedPpm?: number | undefined
}

/** A premium with its arithmetic; money in minor units, shares and factors in parts per million. */
export interface Premium {
  steps: ReceiptStep[]
  premiumMinor: number
  /** What the term would cost without the discount. */
  beforeDiscountMinor: number
  /** Of the discount, what is not in the premium: by the limit of change in a term, the minimum, or what the term had cost before. */
  heldBackMinor: number
  /** A month of the plan's length and distance at the present price. */
  monthMinor: number
  relativityPpm: number
  credibilityPpm: number
  cleanSharePpm: number
  discountPpm: number
  /** The most that the plan gives where the policy is. */
  maxDiscountPpm: number
}

/** What need not be done for each of many premiums of one policy. */
interface PremiumOptions {
  /** What the plan comes to for what the policy tells it. @default worked out here */
  terms?: RatingTerms
  /** Whether the steps are put down; where only the amount is asked for they are not. @default true */
  keepsSteps?: boolean
}

/**
 * The premium of a policy term to date, in exact integers.
 *
 * Kilometres cost base rate × relativity × (1 − discount); what stands still has its own rate. Products round half up,
 * shares that take money off round down. The total is never below what the term had cost before: with relativity and
 * discount improving, a clean kilometre can make a term cheaper on paper, and nobody is to be paid for driving more.
 *
 * @throws RangeError where the plan is not for what the policy tells it
 */
export function computePremium(
  input: PremiumInput,
  { terms = ratingTerms(input.plan, input.rated), keepsSteps = true }: PremiumOptions = {},
): Premium {
  const { plan, exposure, days } = input
  const steps: ReceiptStep[] = []
  const step: Step = (name, unit, formula, value) => {
    if (!Number.isSafeInteger(value))
      throw new RangeError(`computing the premium: step "${name}" is ${value}, no safe integer`)
    if (keepsSteps) steps.push({ name, unit, formula, value })
    return value
  }

  const termDays = step('days', 'days', 'days of the term that have begun', days)
  const distanceM = step('distance', 'm', 'Σ distance of the trips, rounded to metres', exposure.distanceM)
  const gradableM = step('gradable', 'm', 'Σ distance on which events could be graded A', exposure.gradableM)
  const cleanM = step('clean', 'm', cleanFormula(plan), exposure.cleanM)
  const rates = ratesOf(plan, input.rated, step)

  const relativityPpm = relativitySteps(step, { ...input, terms, rates, gradableM })
  const { discountPpm, ...earned } = discountSteps(step, { plan, terms }, { distanceM, gradableM, cleanM })
  const { renewedFrom, noticeM, endorsementOf, arithmetic = 3 } = input
  const from = { plan, terms, renewedFrom, endorsementOf, arithmetic }
  const limits = changeLimits(step, { ...from, relativityPpm, discountPpm, days, distanceM, noticeM })
  const factors: Factors = { relativityPpm, discountPpm, limits }

  const charged = chargeSteps(step, { rates, termDays, distanceM, factors })
  const minimum = step('minimum', 'micro', 'minimum per day × days', plan.minimumPerDayMicro * termDays)
  const sum = Math.max(minimum, charged.withDiscount)
  const formula = limits
    ? 'max(minimum, standing + other + usage + adjustment − discount + change)'
    : 'max(minimum, standing + other + usage + adjustment − discount)'
  step('sum', 'micro', formula, sum)
  const beforeDiscountMinor = step(
    'before_discount',
    'minor',
    'the sum without the discount, rounded half up',
    toMinor(Math.max(minimum, charged.withoutDiscount)),
  )
  const computed = step('computed', 'minor', 'sum, rounded half up', toMinor(sum))
  const before = step('before', 'minor', 'what the term had cost at the receipt before', input.beforeMinor)
  const premiumMinor = step('premium', 'minor', 'max(computed, before)', Math.max(computed, before))
  const monthMinor = step(
    'month',
    'minor',
    "a month of the plan's days and distance at this relativity and discount, rounded half up",
    monthOf(plan, rates, factors),
  )
  if (plan.outside || terms.taxes.length > 0) outsideSteps(step, { plan, terms, premiumMinor, endorsementOf })
  const { maxDiscountPpm } = terms
  return {
    ...{ steps, premiumMinor, beforeDiscountMinor, monthMinor },
    heldBackMinor: heldBack({ ...charged, sum, aboveComputed: premiumMinor - computed }),
    ...{ relativityPpm, discountPpm, maxDiscountPpm },
    ...earned,
  }
}

interface HeldBack {
  /** Micro. */
  discount: number
  withDiscount: number
  withoutLimit: number
  sum: number
  /** What the term had cost before takes it up to, minor units. */
  aboveComputed: number
}

/** Minor units of a discount that the driver does not get. A limit that lowers the price takes nothing of it. */
function heldBack({ discount, withDiscount, withoutLimit, sum, aboveComputed }: HeldBack): number {
  const lost = Math.min(discount, sum - Math.min(withDiscount, withoutLimit))
  return Math.min(toMinor(discount), toMinor(lost) + aboveComputed)
}

function cleanFormula({ discount }: RatingPlan): string {
  const forgiven = discount.evasiveBrakesPer1000Km
  const what =
    discount.cleanUnit === 'stretch'
      ? 'gradable − 10 km for each risk factor, not below zero'
      : 'Σ gradable distance of trips without a risk factor'
  return forgiven ? `${what}; ${forgiven} harsh brakes in 1,000 gradable km forgiven` : what
}

function discountSteps(
  step: Step,
  { plan: { discount, format }, terms }: { plan: RatingPlan; terms: RatingTerms },
  { distanceM, gradableM, cleanM }: Exposure,
): Pick<Premium, 'discountPpm' | 'credibilityPpm' | 'cleanSharePpm'> {
  const credibilityPpm = step(
    'discount_credibility',
    'ppm',
    'gradable ÷ (gradable + k), rounded down',
    credibilityOf(gradableM, discount.credibilityM),
  )
  const cleanSharePpm = step(
    'clean_share',
    'ppm',
    'clean ÷ distance, rounded down',
    distanceM > 0 ? Math.min(one, mulDiv(cleanM, one, distanceM, 0)) : 0,
  )
  const most = terms.maxDiscountPpm
  if (format === 2) step('maximum_discount', 'ppm', "the plan's, or the jurisdiction's where that is less", most)
  const earned = mulDiv(mulDiv(most, cleanSharePpm, one, 0), credibilityPpm, one, 0)
  const discountPpm = step(
    'discount',
    'ppm',
    'maximum discount × clean_share × discount_credibility, rounded down',
    earned,
  )
  return { discountPpm, credibilityPpm, cleanSharePpm }
}

interface Charge {
  rates: Rates
  termDays: number
  distanceM: number
  factors: Factors
}

function chargeSteps(
  step: Step,
  { rates, termDays, distanceM, factors }: Charge,
): { withDiscount: number; withoutDiscount: number; withoutLimit: number; discount: number } {
  const { relativityPpm, discountPpm, limits } = factors
  const standing = step('standing_charge', 'micro', 'Σ coverages per day × days', rates.perDay * termDays)
  const flat = step(
    'other_distance_charge',
    'micro',
    'Σ coverages without behaviour per km × distance',
    perKm(rates.flatPerKm, distanceM),
  )
  const usage = step(
    'usage_charge',
    'micro',
    'Σ coverages with behaviour per km × distance',
    perKm(rates.behaviourPerKm, distanceM),
  )
  const behaviour = mulDiv(usage, relativityPpm, one)
  step('behaviour_adjustment', 'micro', 'usage_charge × relativity − usage_charge', behaviour - usage)
  const discount = step(
    'clean_discount',
    'micro',
    '(usage_charge + behaviour_adjustment) × discount, rounded down',
    mulDiv(behaviour, discountPpm, one, 0),
  )
  const kilometres = limits ? limits.holdTerm(usage, behaviour - discount) : behaviour - discount
  if (limits) step('change_adjustment', 'micro', limits.formula, kilometres - (behaviour - discount))
  return {
    discount,
    withDiscount: standing + flat + kilometres,
    withoutLimit: standing + flat + behaviour - discount,
    withoutDiscount: standing + flat + (limits ? limits.holdTerm(usage, behaviour) : behaviour),
  }
}

function monthOf(plan: RatingPlan, rates: Rates, factors: Factors): number {
  const { month, minimumPerDayMicro } = plan
  const standing = rates.perDay * month.days + perKm(rates.flatPerKm, month.distanceM)
  return toMinor(Math.max(minimumPerDayMicro * month.days, standing + monthKilometres(plan, rates, factors)))
}

function toMinor(micro: number): number {
  return mulDiv(micro, 1, one)
}
