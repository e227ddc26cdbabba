import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { mulDiv, one } from './mul-div.ts'
import type { Step } from './price-step.ts'

/** What a policy's coverages cost, classes in; millionths of a minor unit. */
export interface Rates {
  perDay: number
  flatPerKm: number
  behaviourPerKm: number
  coverages: { name: string; behaviour: boolean; perDayMicro: number; perKmMicro: number }[]
}

/** The rates of a plan for a policy's classes. @throws RangeError for a class that the plan does not have */
export function ratesOf(plan: RatingPlan, rated: Rated | undefined, step: Step): Rates {
  const rates: Rates = { perDay: 0, flatPerKm: 0, behaviourPerKm: 0, coverages: [] }
  const factors = classFactors(plan, rated, step)
  for (const { name, behaviour, perDayMicro, perKmMicro } of plan.coverages) {
    const own = factors.filter(({ coverages }) => coverages?.includes(name) ?? true)
    const classed = (rate: number): number => own.reduce((product, { ppm }) => mulDiv(product, ppm, one), rate)
    const coverage = { name, behaviour, perDayMicro: classed(perDayMicro), perKmMicro: classed(perKmMicro) }
    rates.coverages.push(coverage)
    rates.perDay += coverage.perDayMicro
    rates[behaviour ? 'behaviourPerKm' : 'flatPerKm'] += coverage.perKmMicro
  }
  return rates
}

function classFactors({ id, classes = [] }: RatingPlan, rated: Rated | undefined, step: Step) {
  const given = rated?.classes ?? {}
  for (const asked of Object.keys(given))
    if (!classes.some(({ name }) => name === asked))
      throw new RangeError(`rating by plan "${id}": it has no class "${asked}"`)
  return classes.map(({ name, levels, otherwisePpm, coverages }) => {
    const level = given[name]
    if (level !== undefined && !Object.hasOwn(levels, level))
      throw new RangeError(
        `rating by plan "${id}": "${level}" is no class of "${name}"; there is ${Object.keys(levels).join(', ')}`,
      )
    const ppm = level === undefined ? otherwisePpm : levels[level]!
    const of = coverages ? ` of ${coverages.join(', ')}` : ''
    step(`class ${name}: ${level ?? 'not told'}`, 'ppm', `the plan's factor on the rates${of}`, ppm)
    return { ppm, coverages }
  })
}
