import { standardPeriodDays } from '@fairmile/contract/http/risk.ts'
import type { WhatIf, WhatIfBody } from '@fairmile/contract/http/what-if.ts'
import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { explainerOf } from '@fairmile/models/explain/explainer-of.ts'
import { marginOf } from '@fairmile/models/explain/trees.ts'
import { type WhatIfScore, whatIf } from '@fairmile/models/explain/what-if.ts'
import { type ChangedFeature, changeRow, ImpossibleChange } from '@fairmile/models/explain/what-if-changes.ts'
import { whatIfPrice } from '@fairmile/models/explain/what-if-price.ts'
import { type CountedEvent, withoutEvents } from '@fairmile/models/explain/without-events.ts'
import { exposureOf, totalStatistics } from '@fairmile/models/pricing/exposure.ts'
import { ratingTerms } from '@fairmile/models/pricing/rating-terms.ts'
import { judge, type PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { drivingEvents, trips } from '../db/schema/trips.ts'
import { utcDay } from '../drivers/present-policy.ts'
import { currentFeatures, rowOf } from '../features/feature-store.ts'
import { ProblemError } from '../http/problem.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { newestPremium } from '../pricing/queries.ts'
import { recentTrips, tripsOfPolicy } from '../trips/ended-trips.ts'
import { standingOf } from './score-standing.ts'

/** A question about a driver. */
interface Question {
  driverId: string
  ask: WhatIfBody
  model: (PricingModel & { readonly infer: Infer }) | null
  plans: PlanSource
  nowMs: number
}

/** Trips as they are and as they would be, as rows of the model's features. */
interface Rows {
  before: Float32Array
  after: Float32Array
  changed: ChangedFeature[]
  tripsAfter: ReceiptTrip[]
}

/**
 * Answers what a driver's score and price would be with other features or without some events, the price alone while kilometres are missing;
 * nothing is stored.
 *
 * @returns null where the driver has no trip that ended
 * @throws ProblemError `validation` for a change that cannot be, `unavailable` without a model
 */
export async function driverWhatIf(
  db: Database,
  { driverId, ask, model, plans, nowMs }: Question,
): Promise<WhatIf | null> {
  const trips = await recentTrips(db, { driverId, days: standardPeriodDays })
  if (trips.length === 0) return null
  if (!model) throw new ProblemError('unavailable', 'No driver model is open, so nothing can be scored.')
  const events = await eventsOf(db, driverId, ask.withoutEvents)
  const premium = await newestPremium(db, driverId, { day: utcDay(nowMs) })
  const plan = premium ? await plans.get(premium.planId, db) : undefined
  const rated = premium && plan ? await ratedOf(db, premium.policyId) : {}
  const termTrips = premium && plan ? await tripsOfPolicy(db, premium.policyId) : []
  requireKnown(ask.withoutEvents, events, [...trips, ...termTrips])

  const set = await currentFeatures(db, { driverId })
  const rows = changedRows(trips, events, ask, model, set ? rowOf(set, model.manifest.features) : undefined)
  const judgedKm = totalStatistics(trips).gradableM / 1000
  const standing = await standingOf(db, { driverId, judgedKm })
  const { name, version } = model.manifest
  return {
    driverId,
    model: { name, version },
    periodDays: standardPeriodDays,
    judgedKm,
    ...standing,
    changed: rows.changed,
    ...(standing.status === 'scored' ? await changeOf(model, { ...rows, judgedKm }) : noChange),
    price:
      premium && plan
        ? {
            policyId: premium.policyId,
            planId: plan.id,
            ...priceOf(termTrips, changedRows(termTrips, events, ask, model), { plan, rated, model }),
          }
        : null,
  }
}

async function ratedOf(db: Database, policyId: string): Promise<Rated> {
  const [policy] = await db.select({ rated: policies.rated }).from(policies).where(eq(policies.id, policyId))
  return policy?.rated ?? {}
}

type Change = Pick<WhatIf, 'before' | 'after' | 'difference' | 'effects'>

const noChange: Change = { before: null, after: null, difference: null, effects: [] }

/** Scores before and after, by the model itself. */
async function changeOf(
  { manifest, infer, trees }: NonNullable<Question['model']>,
  rows: Rows & { judgedKm: number },
): Promise<Change> {
  const told = await whatIf({ manifest, infer, shap: explainerOf(trees) }, rows)
  const { risk, low, high } = told.difference
  const effects = told.effects ?? []
  return { before: scoreOf(told.before), after: scoreOf(told.after), difference: { risk, low, high }, effects }
}

function scoreOf({ risk, safetyScore, low, high, relativity }: WhatIfScore): NonNullable<WhatIf['before']> {
  return { risk, safetyScore, interval: { low, high }, relativity }
}

/** What the plan's month would cost: the trees' own margin is priced, as in every receipt. */
function priceOf(
  trips: readonly ReceiptTrip[],
  rows: Rows,
  { plan, rated, model }: { plan: RatingPlan; rated: Rated; model: PricingModel },
) {
  const { hidden } = ratingTerms(plan, rated)
  const shown = (row: Float32Array): Float32Array =>
    row.map((value, index) => (hidden.has(model.manifest.features[index]!) ? Number.NaN : value))
  const { trees, manifest } = model
  return whatIfPrice(
    { plan, rated, manifest },
    {
      before: { exposure: exposureOf(trips, plan, rated), margin: marginOf(trees, shown(rows.before)) },
      after: { exposure: exposureOf(rows.tripsAfter, plan, rated), margin: marginOf(trees, shown(rows.after)) },
    },
  )
}

function changedRows(
  trips: readonly ReceiptTrip[],
  events: CountedEvent[],
  ask: WhatIfBody,
  model: PricingModel,
  stored?: Float32Array,
): Rows {
  const ids = new Set(trips.map(({ id }) => id))
  const tripsAfter = refusing('withoutEvents', () =>
    withoutEvents(
      trips,
      events.filter(({ tripId }) => ids.has(tripId)),
    ),
  )
  const row = (of: readonly ReceiptTrip[]): Float32Array =>
    Float32Array.from(judge(of, model).features, ({ value }) => value ?? Number.NaN)
  const before = stored ?? row(trips)
  const without = events.some(({ tripId }) => ids.has(tripId)) ? row(tripsAfter) : before
  const { row: after, changed } = refusing('changes', () => changeRow(model.manifest.features, without, ask.changes))
  return { before, after, changed, tripsAfter }
}

/** Tells the caller why their question cannot be answered. */
function refusing<T>(field: keyof WhatIfBody, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const problems = error instanceof ImpossibleChange ? error.problems : [error.message]
    throw new ProblemError('validation', error.message, {
      errors: problems.map((message) => ({ path: `json.${field}`, message })),
    })
  }
}

async function eventsOf(
  db: Database,
  driverId: string,
  ids: readonly string[],
): Promise<(CountedEvent & { id: string })[]> {
  if (ids.length === 0) return []
  const { id, tripId, kind, band, grade } = drivingEvents
  return db
    .select({ id, tripId, kind, band, grade })
    .from(drivingEvents)
    .innerJoin(trips, eq(trips.id, tripId))
    .where(and(eq(trips.driverId, driverId), inArray(id, [...new Set(ids)])))
}

/** @throws ProblemError naming the events that are no one's, another's or of trips that count neither for score nor price */
function requireKnown(
  ids: readonly string[],
  events: readonly (CountedEvent & { id: string })[],
  trips: readonly ReceiptTrip[],
): void {
  const counting = new Set(trips.map(({ id }) => id))
  const known = new Set(events.filter(({ tripId }) => counting.has(tripId)).map(({ id }) => id))
  const unknown = ids.filter((id) => !known.has(id))
  if (unknown.length === 0) return
  const message = (id: string) =>
    `there is no event "${id}" in the trips of these ${standardPeriodDays} days or of the policy's term`
  throw new ProblemError('validation', unknown.map(message).join('; '), {
    errors: unknown.map((id) => ({ path: 'json.withoutEvents', message: message(id) })),
  })
}
