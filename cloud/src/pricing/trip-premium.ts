import { setImmediate as breath } from 'node:timers/promises'
import type { TripPremium } from '@fairmile/contract/http/pricing.ts'
import { termPremium } from '@fairmile/models/pricing/term-premium.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { tripsOfPolicy } from '../trips/ended-trips.ts'
import type { LiveModel } from './price-policy.ts'
import { termInputs } from './term-inputs.ts'
import { termOf } from './term-of.ts'
import { tripsInTerm } from './trips-in-term.ts'

interface TripPremiumOptions {
  readonly model: LiveModel
  readonly plans: PlanSource
  readonly nowMs: number
}

/** What the term to date costs with a trip and without it; null where the trip has not ended, or is of no policy. One that began outside the term adds nothing. */
export async function tripPremium(
  db: Database,
  { tripId, policyId }: { tripId: string; policyId: string },
  { model, plans, nowMs }: TripPremiumOptions,
): Promise<TripPremium | null> {
  const [policy] = await db.select().from(policies).where(eq(policies.id, policyId))
  const plan = policy && (await plans.get(policy.planId, db))
  const all = await tripsOfPolicy(db, policyId)
  if (!plan || !all.some(({ id }) => id === tripId)) return null
  const trips = tripsInTerm(all, termOf(policy)).within
  const priced = { ...(await termInputs(db, policy, plan)), model, issuedAt: nowMs }
  const withMinor = termPremium({ ...priced, trips }).premiumMinor
  // Each walks the term: between them others have their turn.
  await breath()
  const withoutMinor = termPremium({ ...priced, trips: trips.filter(({ id }) => id !== tripId) }).premiumMinor
  const differenceMinor = withMinor - withoutMinor
  return { tripId, policyId, currency: plan.currency, withMinor, withoutMinor, differenceMinor }
}
