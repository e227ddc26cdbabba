import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { ratesOf } from './plan-rates.ts'
import type { Premium } from './premium.ts'
import type { Simulation } from './simulation.ts'

/** What lifts a premium to the least of its plan belongs to no coverage. */
const topUp = 'minimum premium'

/** Adds up what each coverage costs under two plans, millionths inside and minor units outside. */
export function createCoverageSums(): {
  add(side: 'before' | 'after', plan: RatingPlan, rated: Rated, premium: Premium): void
  rows(): Simulation['coverages']
} {
  const sums = new Map<string, { before: number; after: number }>()
  const put = (side: 'before' | 'after', name: string, micro: number): void => {
    const sum = sums.get(name) ?? { before: 0, after: 0 }
    sum[side] += micro
    sums.set(name, sum)
  }

  function add(side: 'before' | 'after', plan: RatingPlan, rated: Rated, { steps }: Premium): void {
    const values = new Map(steps.map(({ name, value }) => [name, value]))
    const value = (name: string): number => values.get(name) ?? 0
    const { coverages } = ratesOf(plan, rated, (_name, _unit, _formula, factor) => factor)
    const kilometres =
      value('usage_charge') + value('behaviour_adjustment') - value('clean_discount') + value('change_adjustment')
    /** How the coverages share what behaviour makes of their kilometres: by rate and their own relativity. */
    const weight = ({ name, behaviour, perKmMicro }: (typeof coverages)[number]): number =>
      behaviour ? perKmMicro * (values.get(`model_relativity of ${name}`) ?? 1) : 0
    const weights = coverages.reduce((sum, coverage) => sum + weight(coverage), 0)
    let told = 0
    for (const coverage of coverages) {
      const { name, behaviour, perDayMicro, perKmMicro } = coverage
      const flat = behaviour ? 0 : (perKmMicro * value('distance')) / 1000
      const micro = perDayMicro * value('days') + flat + (weights > 0 ? (kilometres * weight(coverage)) / weights : 0)
      told += micro
      put(side, name, micro)
    }
    const lifted = value('sum') - told
    if (lifted > 1) put(side, topUp, lifted)
  }

  return {
    add,
    rows: () =>
      [...sums].map(([name, { before, after }]) => ({
        name,
        beforeMinor: Math.round(before / 1e6),
        afterMinor: Math.round(after / 1e6),
      })),
  }
}
