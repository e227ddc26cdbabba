import { setImmediate as breath } from 'node:timers/promises'
import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptTrip, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { parseRatingPlan } from '@fairmile/models/pricing/rating-plan.ts'
import { type PricingModel, termDays } from '@fairmile/models/pricing/receipt.ts'
import { createSimulation } from '@fairmile/models/pricing/simulate.ts'
import type { Simulation } from '@fairmile/models/pricing/simulation.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { ratingPlans } from '../db/schema/plans.ts'
import { carriedNow } from '../pricing/carried-on.ts'
import { startsFrom } from '../pricing/term-inputs.ts'
import { tripsInTerm } from '../pricing/trips-in-term.ts'

/** Policies of one read. */
const pagePolicies = 200
const dayMs = 86_400_000

interface SimulatePlan {
  plan: RatingPlan
  model: Pick<PricingModel, 'manifest' | 'trees'>
  /** What policies tell the plan that say nothing of it. */
  assume?: Rated | undefined
  /** Wall clock, epoch milliseconds. */
  now?: number
}

interface PolicyRow extends Record<string, unknown> {
  id: string
  driverId: string
  planId: string
  rated: Rated
  startsOn: string
  endsOn: string
  carried: ReceiptV2['carried']
  follows: string | null
  hasBefore: boolean
  vehicleId: string
  trips: ReceiptTrip[]
}

/**
 * Prices every policy whose term runs, by its own plan and by another, and tells what would change: from all that the ledger prices it from.
 *
 * Policies come in pages with all their trips, so that memory holds one page and two amounts a policy.
 */
export async function simulatePlan(
  db: Database,
  { plan, model, assume, now = Date.now() }: SimulatePlan,
): Promise<Simulation> {
  const plans = await plansById(db)
  const simulation = createSimulation({ plan, model, assume })
  let after = ''
  for (;;) {
    const rows = await selectRows<PolicyRow>(db, runningPolicies(after, new Date(now)))
    for (const row of rows) {
      const { id, driverId, planId, rated, startsOn, endsOn } = row
      const before = plans.get(planId)
      if (!before) {
        simulation.leaveOut(`there is no rating plan "${planId}"`)
        continue
      }
      const term = { startsAt: Date.parse(startsOn), endsAt: Date.parse(endsOn) + dayMs }
      simulation.add({
        ...{ policyId: id, driverId, before, rated },
        ...{ startsAt: term.startsAt, days: termDays(term, now) },
        trips: tripsInTerm(row.trips, term).within,
        carriedPpm: (await carriedNow(db, row, before))?.relativityPpm,
        ...(row.hasBefore && (await startsFrom(db, row))),
      })
      // Others are waiting for this process too.
      await breath()
    }
    const last = rows.at(-1)
    if (!last || rows.length < pagePolicies) return simulation.result()
    after = last.id
  }
}

async function plansById(db: Database): Promise<Map<string, RatingPlan>> {
  const rows = await db.select({ id: ratingPlans.id, body: ratingPlans.body }).from(ratingPlans)
  return new Map(rows.map(({ id, body }) => [id, parseRatingPlan(body)]))
}

const runningPolicies = (after: string, at: Date) => sql`
  SELECT p.id, p.driver_id AS "driverId", p.plan_id AS "planId", p.rated,
    p.starts_on::text AS "startsOn", p.ends_on::text AS "endsOn", p.vehicle_id AS "vehicleId", p.follows, p.carried, COALESCE(t.trips, '[]') AS trips,
    p.follows IS NOT NULL
      OR EXISTS (SELECT FROM policies b WHERE b.driver_id = p.driver_id AND b.vehicle_id = p.vehicle_id AND b.ends_on = p.starts_on - 1)
      AS "hasBefore"
  FROM (
    SELECT * FROM policies
    WHERE id > ${after} AND starts_on <= ${at.toISOString()}::timestamptz AND ends_on >= (${at.toISOString()}::timestamptz - interval '1 day')
    ORDER BY id LIMIT ${pagePolicies}
  ) AS p
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
      'id', t.id, 'startAt', (extract(epoch FROM t.start_at) * 1000)::float8, 'endAt', (extract(epoch FROM t.end_at) * 1000)::float8,
      'thresholdsHash', t.thresholds_hash, 'statistics', t.statistics)
      || CASE WHEN t.driver_id IS DISTINCT FROM p.driver_id THEN '{"driver": "other"}'::jsonb ELSE '{}' END ORDER BY t.start_at, t.id) AS trips
    FROM trips t
    WHERE t.policy_id = p.id AND t.end_at IS NOT NULL AND t.statistics IS NOT NULL AND t.thresholds_hash IS NOT NULL
  ) AS t ON true
  ORDER BY p.id`
