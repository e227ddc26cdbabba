import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { relativityBand, within } from './factor-band.ts'
import { mulDiv, one, weightedMean } from './mul-div.ts'
import type { Rates } from './plan-rates.ts'
import type { Step } from './price-step.ts'
import type { RatingTerms } from './rating-terms.ts'

interface RelativityInput {
  plan: RatingPlan
  /** The model's margin and that of its portfolio, natural logs. */
  margin: number
  baseMargin: number
  coverageSlopes?: Readonly<Record<string, number>> | undefined
  terms: RatingTerms
  rates: Rates
  gradableM: number
  carriedPpm?: number | undefined
}

/** The relativity that the price takes: the model's, within limits, weighed by credibility. Parts per million. */
export function relativitySteps(step: Step, input: RelativityInput): number {
  const { terms, gradableM } = input
  const { relativity } = input.plan
  const scored = !terms.mileageOnly && gradableM >= relativity.minimumScoredM && !Number.isNaN(input.margin)
  const model = modelRelativity(step, input, scored)
  const capped = (value: number): number => within(value, relativityBand(input.plan, terms))
  const cappedModel = step('capped_relativity', 'ppm', "model_relativity within the plan's limits", capped(model))
  const credibility = step(
    'relativity_credibility',
    'ppm',
    'gradable ÷ (gradable + k), rounded down',
    credibilityOf(gradableM, relativity.credibilityM),
  )
  if (input.carriedPpm !== undefined) {
    const from = capped(input.carriedPpm)
    const limits = from === input.carriedPpm ? '' : ', held within the limits of plan and place'
    const carried = step('carried_relativity', 'ppm', `the relativity that this term starts from${limits}`, from)
    const formula = 'carried_relativity + credibility × (capped_relativity − carried_relativity), rounded half up'
    return step('relativity', 'ppm', formula, carried + mulDiv(cappedModel - carried, credibility, one))
  }
  return step(
    'relativity',
    'ppm',
    '1 + credibility × (capped_relativity − 1), rounded half up',
    one + mulDiv(cappedModel - one, credibility, one),
  )
}

/** n ÷ (n + k), rounded down. */
export function credibilityOf(metres: number, halfM: number): number {
  return mulDiv(metres, one, metres + halfM, 0)
}

/**
 * The model's relativity of what behaviour charges: each coverage has one of its own, by how far its claims follow the margin, and together
 * they weigh as their rates a kilometre do.
 */
function modelRelativity(
  step: Step,
  { rates, margin, baseMargin, coverageSlopes }: RelativityInput,
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
  const parts: { value: number; weight: number }[] = []
  for (const { name: coverage, behaviour, perKmMicro } of rates.coverages) {
    if (!behaviour) continue
    const slope = coverageSlopes[coverage] ?? 1
    const value = step(
      `${name} of ${coverage}`,
      'ppm',
      `exp(${slope} × (margin − base margin)), rounded half up; one below the minimum of scored distance`,
      relativityAt(slope),
    )
    parts.push({ value, weight: perKmMicro })
  }
  const formula = 'Σ rate per km × relativity of each coverage ÷ Σ rate per km, rounded half up'
  return step(name, 'ppm', formula, weightedMean(parts) ?? one)
}
