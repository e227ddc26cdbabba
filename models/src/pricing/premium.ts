import type { RatingPlan, ReceiptStep } from '@fairmile/contract/receipt.ts'
import type { Exposure } from './exposure.ts'

/** What a premium is computed from. */
export interface PremiumInput {
  plan: RatingPlan
  exposure: Exposure
  /** Days of the term that have begun. */
  days: number
  /** The model's margin and that of its portfolio, natural logs. */
  margin: number
  baseMargin: number
  /** How far the log claim frequency of a coverage follows the margin, by the coverage's name; one for those that are not named. @default one for all */
  coverageSlopes?: Readonly<Record<string, number>> | undefined
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
  /** A month of the plan's length and distance at the present price. */
  monthMinor: number
  relativityPpm: number
  credibilityPpm: number
  cleanSharePpm: number
  discountPpm: number
}

const one = 1_000_000

/**
 * The premium of a policy term to date, in exact integers.
 *
 * Kilometres cost base rate × relativity × (1 − discount); what stands still has its own rate. Products round half up,
 * shares that take money off round down. The total is never below what the term had cost before: with relativity and
 * discount improving, a clean kilometre can make a term cheaper on paper, and nobody is to be paid for driving more.
 */
export function computePremium(input: PremiumInput): Premium {
  const { plan, exposure, days } = input
  const steps: ReceiptStep[] = []
  const step = (name: string, unit: ReceiptStep['unit'], formula: string, value: number): number => {
    if (!Number.isSafeInteger(value))
      throw new RangeError(`computing the premium: step "${name}" is ${value}, no safe integer`)
    steps.push({ name, unit, formula, value })
    return value
  }
  const rates = ratesOf(plan)

  const termDays = step('days', 'days', 'days of the term that have begun', days)
  const distanceM = step('distance', 'm', 'Σ distance of the trips, rounded to metres', exposure.distanceM)
  const gradableM = step('gradable', 'm', 'Σ distance on which events could be graded A', exposure.gradableM)
  const cleanM = step('clean', 'm', 'Σ gradable distance of trips without a risk factor', exposure.cleanM)

  const relativityPpm = relativitySteps(step, input, gradableM)
  const { discountPpm, credibilityPpm, cleanSharePpm } = discountSteps(step, plan, { distanceM, gradableM, cleanM })

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
  const minimum = step('minimum', 'micro', 'minimum per day × days', plan.minimumPerDayMicro * termDays)
  const sum = Math.max(minimum, standing + flat + behaviour - discount)
  step('sum', 'micro', 'max(minimum, standing + other + usage + adjustment − discount)', sum)
  const beforeDiscountMinor = step(
    'before_discount',
    'minor',
    'the sum without the discount, rounded half up',
    toMinor(Math.max(minimum, standing + flat + behaviour)),
  )
  const computed = step('computed', 'minor', 'sum, rounded half up', toMinor(sum))
  const before = step('before', 'minor', 'what the term had cost at the receipt before', input.beforeMinor)
  const premiumMinor = step('premium', 'minor', 'max(computed, before)', Math.max(computed, before))
  const month = plan.month
  const monthBehaviour = mulDiv(perKm(rates.behaviourPerKm, month.distanceM), relativityPpm, one)
  const monthMinor = step(
    'month',
    'minor',
    "a month of the plan's days and distance at this relativity and discount, rounded half up",
    toMinor(
      Math.max(
        plan.minimumPerDayMicro * month.days,
        rates.perDay * month.days +
          perKm(rates.flatPerKm, month.distanceM) +
          monthBehaviour -
          mulDiv(monthBehaviour, discountPpm, one, 0),
      ),
    ),
  )
  return {
    steps,
    premiumMinor,
    beforeDiscountMinor,
    monthMinor,
    relativityPpm,
    credibilityPpm,
    cleanSharePpm,
    discountPpm,
  }
}

type Step = (name: string, unit: ReceiptStep['unit'], formula: string, value: number) => number

function relativitySteps(step: Step, input: PremiumInput, gradableM: number): number {
  const { relativity } = input.plan
  const model = modelRelativity(step, input, gradableM >= relativity.minimumScoredM && !Number.isNaN(input.margin))
  const most = relativity.surchargeAllowed ? relativity.maxPpm : one
  const capped = step(
    'capped_relativity',
    'ppm',
    "model_relativity within the plan's limits",
    Math.min(most, Math.max(relativity.minPpm, model)),
  )
  const credibility = step(
    'relativity_credibility',
    'ppm',
    'gradable ÷ (gradable + k), rounded down',
    credibilityOf(gradableM, relativity.credibilityM),
  )
  if (input.carriedPpm !== undefined) {
    const carried = step('carried_relativity', 'ppm', 'the relativity that this term starts from', input.carriedPpm)
    const formula = 'carried_relativity + credibility × (capped_relativity − carried_relativity), rounded half up'
    return step('relativity', 'ppm', formula, carried + mulDiv(capped - carried, credibility, one))
  }
  return step(
    'relativity',
    'ppm',
    '1 + credibility × (capped_relativity − 1), rounded half up',
    one + mulDiv(capped - one, credibility, one),
  )
}

/**
 * The model's relativity of what behaviour charges: each coverage has one of its own, by how far its claims follow the margin, and together
 * they weigh as their rates a kilometre do.
 */
function modelRelativity(
  step: Step,
  { plan, margin, baseMargin, coverageSlopes }: PremiumInput,
  scored: boolean,
): number {
  const name = 'model_relativity'
  const relativityAt = (slope: number): number =>
    scored ? Math.round(Math.exp(slope * (margin - baseMargin)) * one) : one
  if (!coverageSlopes)
    return step(
      name,
      'ppm',
      'exp(margin − base margin), rounded half up; one below the minimum of scored distance',
      relativityAt(1),
    )
  let weighted = 0
  let rates = 0
  for (const { name: coverage, behaviour, perKmMicro } of plan.coverages) {
    if (!behaviour) continue
    const slope = coverageSlopes[coverage] ?? 1
    const relativity = step(
      `${name} of ${coverage}`,
      'ppm',
      `exp(${slope} × (margin − base margin)), rounded half up; one below the minimum of scored distance`,
      relativityAt(slope),
    )
    weighted += relativity * perKmMicro
    rates += perKmMicro
  }
  const formula = 'Σ rate per km × relativity of each coverage ÷ Σ rate per km, rounded half up'
  return step(name, 'ppm', formula, rates > 0 ? mulDiv(weighted, 1, rates) : one)
}

function discountSteps(
  step: Step,
  { discount }: RatingPlan,
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
  const earned = mulDiv(mulDiv(discount.maxPpm, cleanSharePpm, one, 0), credibilityPpm, one, 0)
  const discountPpm = step(
    'discount',
    'ppm',
    'maximum discount × clean_share × discount_credibility, rounded down',
    earned,
  )
  return { discountPpm, credibilityPpm, cleanSharePpm }
}

function ratesOf({ coverages }: RatingPlan): { perDay: number; flatPerKm: number; behaviourPerKm: number } {
  const rates = { perDay: 0, flatPerKm: 0, behaviourPerKm: 0 }
  for (const coverage of coverages) {
    rates.perDay += coverage.perDayMicro
    rates[coverage.behaviour ? 'behaviourPerKm' : 'flatPerKm'] += coverage.perKmMicro
  }
  return rates
}

function credibilityOf(metres: number, halfM: number): number {
  return mulDiv(metres, one, metres + halfM, 0)
}

function perKm(rateMicro: number, metres: number): number {
  return mulDiv(rateMicro, metres, 1000)
}

function toMinor(micro: number): number {
  return mulDiv(micro, 1, one)
}

/** a × b ÷ c of whole numbers, exact, rounded half up (or down where `half` is 0); c is positive. */
function mulDiv(a: number, b: number, c: number, half: 0 | 1 = 1): number {
  const divisor = BigInt(c) * 2n
  const shifted = BigInt(a) * BigInt(b) * 2n + BigInt(half) * BigInt(c)
  const quotient = shifted / divisor
  return Number(shifted % divisor < 0n ? quotient - 1n : quotient)
}
