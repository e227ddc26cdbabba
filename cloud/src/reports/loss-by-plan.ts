import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { claimFigures, newestWordOnClaims } from './claim-figures.ts'
import { claimTables, type Earned } from './claim-tables.ts'
import { type Period, periodOf } from './period.ts'
import { perThousandKm, type ReportBody, tableOf } from './report-table.ts'

/** The premium is what the terms cost by the end of the month less what they had cost at its beginning. */
interface PlanLoss extends Earned {
  policies: number
  km: number
  events: number
  counted: number
  crashes: number
}

/** Makes the report of premium, exposure, events and losses by rating plan. */
export async function lossReport(db: Database, month: string): Promise<ReportBody> {
  const period = periodOf(month)
  const [plans, toldOn] = [await planLosses(db, period), await newestWordOnClaims(db)]
  // Nobody told of a claim: that is unknown, not none.
  const losses = toldOn === null ? [] : claimTables(plans, await claimFigures(db, period))
  return { tables: [plansTable(plans), ...losses], notes: [...notes, ...claimNotes(toldOn)] }
}

const planLosses = (db: Database, { from, until, fromAt, untilAt }: Period): Promise<PlanLoss[]> =>
  selectRows<PlanLoss & Record<string, unknown>>(
    db,
    sql`
      WITH plans AS MATERIALIZED (
        SELECT id, body::jsonb ->> 'currency' AS currency FROM rating_plans
      ), insured AS (
        SELECT p.id, p.plan_id, p.starts_on < ${until} AND p.ends_on >= ${from} AS is_in_force,
          least(p.ends_on + 1, ${until}) - greatest(p.starts_on, ${from}) AS days,
          coalesce(last.currency, plans.currency) AS currency,
          last.premium_minor - coalesce(before.premium_minor, 0) AS earned_minor
        FROM policies p LEFT JOIN plans ON plans.id = p.plan_id LEFT JOIN LATERAL (
          SELECT currency, premium_minor FROM premiums
          WHERE policy_id = p.id AND calculated_at < ${untilAt} ORDER BY version DESC LIMIT 1
        ) last ON true LEFT JOIN LATERAL (
          SELECT premium_minor FROM premiums
          WHERE policy_id = p.id AND calculated_at < ${fromAt} ORDER BY version DESC LIMIT 1
        ) before ON true
        WHERE p.state <> 'voided' AND (p.starts_on < ${until} AND p.ends_on >= ${from} OR EXISTS (
          SELECT FROM premiums WHERE policy_id = p.id AND calculated_at >= ${fromAt} AND calculated_at < ${untilAt}
        ))
      ), driven AS (
        SELECT policy_id, sum(distance_m) / 1000 AS km FROM trips
        WHERE start_at >= ${fromAt} AND start_at < ${untilAt} AND end_at IS NOT NULL GROUP BY 1
      ), judged AS (
        SELECT t.policy_id, count(*) AS events, count(*) FILTER (WHERE e.grade = 'A' AND e.band = 'count') AS counted,
          count(*) FILTER (WHERE e.kind = 'crash') AS crashes
        FROM driving_events e JOIN trips t ON t.id = e.trip_id AND t.device_id = e.device_id
        WHERE e.start_at >= ${fromAt} AND e.start_at < ${untilAt} GROUP BY 1
      )
      SELECT i.plan_id AS "planId", i.currency, (count(*) FILTER (WHERE i.is_in_force))::int AS policies,
        coalesce(sum(i.days) FILTER (WHERE i.is_in_force), 0)::int AS days,
        sum(i.earned_minor)::float8 AS "premiumMinor",
        round(coalesce(sum(d.km), 0)::numeric, 1)::float8 AS km, coalesce(sum(j.events), 0)::int AS events,
        coalesce(sum(j.counted), 0)::int AS counted, coalesce(sum(j.crashes), 0)::int AS crashes
      FROM insured i LEFT JOIN driven d ON d.policy_id = i.id LEFT JOIN judged j ON j.policy_id = i.id
      GROUP BY 1, 2 ORDER BY 1, 2`,
  )

/** The table by plan. */
const plansTable = (rows: readonly PlanLoss[]) =>
  tableOf('plans', 'Premium, exposure and events by plan', {
    columns: {
      plan: ['Plan', ({ planId }) => planId],
      currency: ['Currency', ({ currency }) => currency],
      policies: ['Policies', ({ policies }) => policies],
      policyYears: ['Policy years', ({ days }) => Math.round((days / 365.25) * 100) / 100],
      premium: ['Earned premium, minor units', ({ premiumMinor }) => premiumMinor],
      km: ['Kilometres', ({ km }) => km],
      events: ['Events', ({ events }) => events],
      counted: ['Counted events', ({ counted }) => counted],
      eventFrequency: ['Counted events in 1,000 km', ({ counted, km }) => perThousandKm(counted, km)],
      crashes: ['Crash alarms', ({ crashes }) => crashes],
    },
    rows,
  })

const notes = [
  'Earned premium is what the terms had cost at the end of the month less what they had cost before it: a policy is priced anew when it is driven, so days since its last trip come with the next.',
  'A policy that was priced in a month in which it was not in force adds premium alone: the last days of a term are billed after it.',
  'A policy without a price by then adds exposure alone.',
]

const claimNotes = (toldOn: string | null): string[] =>
  toldOn === null
    ? [
        'No claims were imported, so there is no loss ratio: counted events and crash alarms say how often something happened on the road, not what it cost.',
      ]
    : [
        `Losses are those of this month as their claims were told when the report was made, the newest word of ${toldOn}. What was told later, or not at all, is not in it: a month that is just over looks better than it will.`,
        'Incurred is what was paid and what is still reserved. What was incurred but not yet told is not estimated, nor what large losses should have cost: the ratio of a few claims says little.',
        'Each claim number counts once, under its coverage: an accident that two coverages pay for is two. By coverage there is no loss ratio, as premium is not kept by coverage; the policy years are those of the plan, whose policies have all its coverages.',
        'Without premium there is no loss ratio, and without a day in force no frequency. Nothing is converted: each row is of one currency.',
      ]
