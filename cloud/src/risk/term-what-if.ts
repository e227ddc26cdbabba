import type { WhatIf } from '@fairmile/contract/http/what-if.ts'
import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { marginOf } from '@fairmile/models/explain/trees.ts'
import { whatIfPrice } from '@fairmile/models/explain/what-if-price.ts'
import { exposureOf } from '@fairmile/models/pricing/exposure.ts'
import { ratingTerms } from '@fairmile/models/pricing/rating-terms.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { utcDay } from '../drivers/present-policy.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { newestPremium } from '../pricing/queries.ts'
import { tripsOfPolicy } from '../trips/ended-trips.ts'
import { type AskedChange, changedRows } from './what-if-rows.ts'

/** The term that a driver's price is of: read once, however often it is asked what would be. */
export interface PresentTerm {
  readonly policyId: string
  readonly plan: RatingPlan
  readonly rated: Rated
  readonly trips: readonly ReceiptTrip[]
}

/** The term of a driver's present policy; null before the first premium. */
export async function presentTerm(
  db: Database,
  { driverId, plans, nowMs }: { driverId: string; plans: PlanSource; nowMs: number },
): Promise<PresentTerm | null> {
  const premium = await newestPremium(db, driverId, { day: utcDay(nowMs) })
  const plan = premium ? await plans.get(premium.planId, db) : undefined
  if (!premium || !plan) return null
  const { policyId } = premium
  const [policy] = await db.select({ rated: policies.rated }).from(policies).where(eq(policies.id, policyId))
  return { policyId, plan, rated: policy?.rated ?? {}, trips: await tripsOfPolicy(db, policyId) }
}

/**
 * What the plan's month would cost, minor units: the trees' own margin is priced, as in every receipt.
 *
 * @throws ProblemError `validation` for a change that cannot be
 */
export function termWhatIf(
  { policyId, plan, rated, trips }: PresentTerm,
  asked: AskedChange,
  model: PricingModel,
): NonNullable<WhatIf['price']> {
  const rows = changedRows(trips, asked, { model })
  const { hidden } = ratingTerms(plan, rated)
  const { trees, manifest } = model
  const shown = (row: Float32Array): Float32Array =>
    row.map((value, index) => (hidden.has(manifest.features[index]!) ? Number.NaN : value))
  const price = whatIfPrice(
    { plan, rated, manifest },
    {
      before: { exposure: exposureOf(trips, plan, rated), margin: marginOf(trees, shown(rows.before)) },
      after: { exposure: exposureOf(rows.tripsAfter, plan, rated), margin: marginOf(trees, shown(rows.after)) },
    },
  )
  return { policyId, planId: plan.id, ...price }
}
