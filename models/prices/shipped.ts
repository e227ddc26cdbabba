import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { findModel, readPlans } from '../cli/artifacts.ts'
import type { PricingModel } from '../src/pricing/receipt.ts'

const root = join(import.meta.dirname, '..')

/** The shipped plans in places with a surcharge and without. */
const places: { planId: string; rated?: Rated }[] = [
  { planId: 'fairmile-1' },
  { planId: 'fairmile-2', rated: { jurisdiction: 'DE' } },
  { planId: 'fairmile-2', rated: { jurisdiction: 'FR' } },
]

/** What prices are made of under a shipped plan, by plan and place. */
export function shippedRates(): { where: string; plan: RatingPlan; rated: Rated | undefined }[] {
  const plans = readPlans(join(root, 'plans'))
  return places.map(({ planId, rated }) => {
    const plan = plans.find(({ id }) => id === planId)
    if (!plan) throw new Error(`looking for the shipped plans: there is no "${planId}"`)
    return { where: [planId, rated?.jurisdiction].filter(Boolean).join(' '), plan, rated }
  })
}

/** The shipped driver models, the oldest first. */
export function shippedModels(): PricingModel[] {
  const folder = join(root, 'artifacts')
  const byVersion = new Intl.Collator('en', { numeric: true }).compare
  return globSync('driver-risk/*/manifest.json', { cwd: folder })
    .sort(byVersion)
    .flatMap(
      (path) => findModel(folder, JSON.parse(readFileSync(join(folder, path), 'utf8')).files['model.json']) ?? [],
    )
}

/** The newest of them. */
export function newestModel(): PricingModel {
  const newest = shippedModels().at(-1)
  if (!newest) throw new Error('looking for the shipped models: there is none of "driver-risk"')
  return newest
}
