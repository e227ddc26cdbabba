import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { parseRatingPlan } from '@fairmile/models/pricing/rating-plan.ts'

const plansDir = fileURLToPath(new URL('.', import.meta.resolve('@fairmile/models/plans/any.json')))

/** Every rating plan by its id. @throws TypeError that names what is wrong with one, or the two that share an id */
export function loadPlans({ folder = plansDir } = {}): ReadonlyMap<string, RatingPlan> {
  const plans = new Map<string, RatingPlan>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const plan = parseRatingPlan(readFileSync(join(folder, file), 'utf8'))
    if (plans.has(plan.id))
      throw new TypeError(`Reading the rating plans: "${file}" has the id "${plan.id}" of another`)
    plans.set(plan.id, plan)
  }
  return plans
}
