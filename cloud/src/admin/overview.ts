import type { AdminOverview } from '@fairmile/contract/http/admin-overview.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { fleetDays } from './fleet-days.ts'
import { portfolioScores } from './portfolio-scores.ts'

/** Days of the activity that an overview shows. */
const overviewDays = 30
const dayMs = 86_400_000

/** The portfolio at a glance, all but the health of the service: five queries over indexes, none of which opens telematics. */
export async function adminOverview(db: Database, { nowMs = Date.now() } = {}): Promise<Omit<AdminOverview, 'health'>> {
  const at = new Date(nowMs)
  const today = at.toISOString().slice(0, 10)
  const [counts] = await countsOf(db, at, today)
  const { activity, events } = await fleetDays(db, { until: today, days: overviewDays })
  return {
    at: at.toISOString(),
    drivers: counts?.drivers ?? 0,
    activePolicies: counts?.policies ?? 0,
    devices: { claimed: counts?.claimed ?? 0, heard: counts?.heard ?? 0 },
    driven: { today: drivenIn(activity, 1), days7: drivenIn(activity, 7), days30: drivenIn(activity, 30) },
    scores: await portfolioScores(db),
    premiums: await premiumsOf(db, today),
    activity,
    events,
  }
}

/** Trips and kilometres of the last so many days of the list. */
export function drivenIn(
  activity: readonly { trips: number; km: number }[],
  days: number,
): { trips: number; km: number } {
  const last = activity.slice(-days)
  return {
    trips: last.reduce((sum, { trips }) => sum + trips, 0),
    km: Math.round(last.reduce((sum, { km }) => sum + km, 0) * 10) / 10,
  }
}

const countsOf = (db: Database, at: Date, today: string) =>
  selectRows<{ drivers: number; policies: number; claimed: number; heard: number }>(
    db,
    sql`
      SELECT (SELECT count(*)::int FROM drivers) AS drivers,
        (SELECT count(*)::int FROM policies WHERE starts_on <= ${today}::date AND ends_on >= ${today}::date) AS policies,
        (SELECT count(*)::int FROM devices WHERE claimed_at IS NOT NULL) AS claimed,
        (SELECT count(*)::int FROM devices
          WHERE last_seen_at >= ${new Date(at.getTime() - dayMs).toISOString()}::timestamptz) AS heard`,
  )

/** Of each active policy its newest premium, found by the key. */
const premiumsOf = (db: Database, today: string): Promise<AdminOverview['premiums']> =>
  selectRows<AdminOverview['premiums'][number] & Record<string, unknown>>(
    db,
    sql`
      SELECT newest.currency, count(*)::int AS policies, sum(newest.premium_minor)::float8 AS "premiumMinor",
        sum(newest.month_minor)::float8 AS "monthMinor", round(avg(newest.discount_ppm))::int AS "meanDiscountPpm"
      FROM policies p CROSS JOIN LATERAL (
        SELECT currency, premium_minor, month_minor, discount_ppm FROM premiums
        WHERE policy_id = p.id ORDER BY version DESC LIMIT 1
      ) newest
      WHERE p.starts_on <= ${today}::date AND p.ends_on >= ${today}::date
      GROUP BY newest.currency ORDER BY count(*) DESC, newest.currency`,
  )
