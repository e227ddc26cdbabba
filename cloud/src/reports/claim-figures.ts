import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import type { Period } from './period.ts'

/** What losses of a month cost under a plan, as their claims are told now; minor units. */
export interface ClaimFigures {
  planId: string
  /** Null: all coverages together. */
  coverage: string | null
  currency: string
  claims: number
  open: number
  paidMinor: number
  reservedMinor: number
}

/** Adds up the claims of losses of a month: by the plan of the policy that each names and its currency, and these by coverage. */
export const claimFigures = (db: Database, { from, until }: Period): Promise<ClaimFigures[]> =>
  selectRows<ClaimFigures & Record<string, unknown>>(
    db,
    sql`
      SELECT p.plan_id AS "planId", c.coverage, c.currency, count(*)::int AS claims,
        (count(*) FILTER (WHERE c.state = 'open'))::int AS open, sum(c.paid_minor)::float8 AS "paidMinor",
        sum(c.reserved_minor)::float8 AS "reservedMinor"
      FROM claims c JOIN policies p ON p.id = c.policy_id
      WHERE c.occurred_on >= ${from} AND c.occurred_on < ${until}
      GROUP BY GROUPING SETS ((1, 3), (1, 2, 3)) ORDER BY 1, 3, 2`,
  )

/** The UTC day of the newest word on any claim; null where none was ever imported. */
export async function newestWordOnClaims(db: Database): Promise<string | null> {
  const [row] = await selectRows<{ day: string | null }>(
    db,
    sql`SELECT (max(told_at) AT TIME ZONE 'UTC')::date::text AS day FROM claims`,
  )
  return row?.day ?? null
}
