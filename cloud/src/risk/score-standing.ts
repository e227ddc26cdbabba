import { standardPeriodDays } from '@fairmile/contract/http/risk.ts'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { scores } from '../db/schema/pricing.ts'
import { presentFirst } from '../drivers/present-policy.ts'

/** Whether a driver's kilometres are enough to be scored, and how many are missing. */
export interface Standing {
  status: 'scored' | 'unscored'
  minimumKm: number
  missingKm: number
}

/** A driver's scores that count: of the standard period. Those of others are told by their period alone. */
export const countingScores = (driverId: string): SQL =>
  sql`${and(eq(scores.driverId, driverId), eq(scores.periodDays, standardPeriodDays))}`

/**
 * Judged kilometres that the plan of a driver's policy in force (or else of the next to begin, or the last that ended) asks for before it goes by
 * their score; without a plan every kilometre is enough.
 *
 * @param driverId an SQL expression
 */
const minimumKmOf = (driverId: SQL, day?: SQL): SQL => sql`
  coalesce((
    SELECT plan.minimum_scored_km FROM policies present JOIN rating_plans plan ON plan.id = present.plan_id
    WHERE present.driver_id = ${driverId} AND present.state <> 'voided' ORDER BY ${presentFirst('present', day)} LIMIT 1
  ), 0)`

/** Judged kilometres that a driver's plan asks for on a UTC day, `2026-07-20`. @param day default: today */
export async function minimumKm(db: Database, driverId: string, day?: string): Promise<number> {
  const [row] = await selectRows<{ km: number }>(
    db,
    sql`SELECT ${minimumKmOf(sql`${driverId}`, day === undefined ? day : sql`${day}::date`)} AS km`,
  )
  return row?.km ?? 0
}

/** How so many judged kilometres stand beside a minimum. */
export function standingBy(minimum: number, judgedKm: number): Standing {
  const missingKm = Math.max(0, minimum - judgedKm)
  return { status: missingKm > 0 ? 'unscored' : 'scored', minimumKm: minimum, missingKm }
}

/** By the plan of the driver's policy in force, which prices nobody by a score of fewer judged kilometres. */
export async function standingOf(
  db: Database,
  { driverId, judgedKm }: { driverId: string; judgedKm: number },
): Promise<Standing> {
  return standingBy(await minimumKm(db, driverId), judgedKm)
}

/** Whether a version of a driver's score is of enough kilometres to be told. */
export async function isShown(
  db: Database,
  { driverId, version }: { driverId: string; version: number },
): Promise<boolean> {
  const [score] = await db
    .select({ judgedKm: scores.judgedKm })
    .from(scores)
    .where(and(countingScores(driverId), eq(scores.version, version)))
  return score !== undefined && (await standingOf(db, { driverId, ...score })).status === 'scored'
}

/**
 * The newest score of a driver that counts, as a subquery for joins: `risk`, `risk_low`, `risk_high` and `relativity` are null where it is
 * unscored, beside `judged_km`, `missing_km` and `calculated_at`.
 *
 * @param driverId an SQL expression
 * @param before only of before this moment. @default the newest of all
 */
export function newestShown(driverId: SQL, { before }: { before?: SQL } = {}): SQL {
  const shown = (column: string) =>
    sql`CASE WHEN missing_km = 0 THEN ${sql.identifier(column)} END AS ${sql.identifier(column)}`
  const numbers = ['risk', 'risk_low', 'risk_high', 'relativity'].map(shown)
  return sql`(
    SELECT ${sql.join(numbers, sql`, `)}, judged_km, missing_km, calculated_at FROM (
      SELECT risk, risk_low, risk_high, relativity, judged_km, calculated_at,
        greatest(0, ${minimumKmOf(driverId)} - judged_km) AS missing_km
      FROM scores WHERE driver_id = ${driverId} AND period_days = ${standardPeriodDays}
        ${before === undefined ? sql`` : sql`AND calculated_at < ${before}`}
      ORDER BY version DESC LIMIT 1
    ) counting)`
}
