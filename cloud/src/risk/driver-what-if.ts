import { standardPeriodDays } from '@fairmile/contract/http/risk.ts'
import type { WhatIf, WhatIfBody } from '@fairmile/contract/http/what-if.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { explainerOf } from '@fairmile/models/explain/explainer-of.ts'
import { type WhatIfScore, whatIf } from '@fairmile/models/explain/what-if.ts'
import type { CountedEvent } from '@fairmile/models/explain/without-events.ts'
import { totalStatistics } from '@fairmile/models/pricing/exposure.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { drivingEvents, trips } from '../db/schema/trips.ts'
import { currentFeatures, rowOf } from '../features/feature-store.ts'
import { ProblemError } from '../http/problem.ts'
import { recentTrips } from '../trips/ended-trips.ts'
import { isOfTrip } from '../trips/is-of-trip.ts'
import { standingOf } from './score-standing.ts'
import { presentReceipt, termWhatIf } from './term-what-if.ts'
import { changedRows, type Rows, refusing } from './what-if-rows.ts'

/** A question about a driver. */
interface Question {
  driverId: string
  ask: WhatIfBody
  model: (PricingModel & { readonly infer: Infer }) | null
  nowMs: number
}

/**
 * Answers what a driver's score and price would be with other features or without some events, the price alone while kilometres are missing;
 * nothing is stored.
 *
 * @returns null where the driver has no trip that ended
 * @throws ProblemError `validation` for a change that cannot be, `unavailable` without a model
 */
export async function driverWhatIf(db: Database, { driverId, ask, model, nowMs }: Question): Promise<WhatIf | null> {
  const trips = await recentTrips(db, { driverId, days: standardPeriodDays })
  if (trips.length === 0) return null
  if (!model) throw new ProblemError('unavailable', 'No driver model is open, so nothing can be scored.')
  const events = await eventsOf(db, driverId, ask.withoutEvents)
  const receipt = await presentReceipt(db, { driverId, nowMs })
  requireKnown(ask.withoutEvents, events, [...trips, ...(receipt?.trips ?? [])])

  const asked = { changes: ask.changes, events }
  const set = await currentFeatures(db, { driverId })
  const stored = set ? rowOf(set, model.manifest.features) : undefined
  const rows = refusing(() => changedRows(trips, asked, { model, stored }))
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
    price: receipt && termWhatIf(receipt, asked, { model, score: rows.before }),
  }
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
    .innerJoin(trips, isOfTrip)
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
