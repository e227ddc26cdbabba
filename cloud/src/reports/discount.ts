import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { periodOf } from './period.ts'
import { percentOf, type ReportBody, tableOf } from './report-table.ts'

interface DiscountBin {
  planId: string
  /** Per cent from which the bin goes, five wide. */
  from: number
  policies: number
  discountPpm: number
  cleanSharePpm: number
  credibilityPpm: number
}

/** Makes the report of the discount: how it is spread, and the clean share and credibility behind it. */
export async function discountReport(db: Database, month: string): Promise<ReportBody> {
  const { from, until, untilAt } = periodOf(month)
  const rows = await selectRows<DiscountBin & Record<string, unknown>>(
    db,
    sql`
      SELECT p.plan_id AS "planId", least(95, floor(last.discount_ppm / 50000.0)::int * 5) AS "from", count(*)::int AS policies,
        sum(last.discount_ppm)::float8 AS "discountPpm", sum(last.clean_share_ppm)::float8 AS "cleanSharePpm",
        sum(last.credibility_ppm)::float8 AS "credibilityPpm"
      FROM policies p CROSS JOIN LATERAL (
        SELECT discount_ppm, clean_share_ppm, credibility_ppm FROM premiums
        WHERE policy_id = p.id AND calculated_at < ${untilAt} ORDER BY version DESC LIMIT 1
      ) last
      WHERE p.starts_on < ${until} AND p.ends_on >= ${from} AND p.state <> 'voided' GROUP BY 1, 2 ORDER BY 1, 2`,
  )
  return discountTables(rows)
}

/** The spread, and the means by plan. */
function discountTables(rows: readonly DiscountBin[]): ReportBody {
  const plans = [...new Set(rows.map(({ planId }) => planId))].map((planId) => {
    const own = rows.filter((row) => row.planId === planId)
    const sum = (of: (row: DiscountBin) => number) => own.reduce((total, row) => total + of(row), 0)
    const policies = sum((row) => row.policies)
    const mean = (of: (row: DiscountBin) => number) => percentOf(sum(of), policies * 1_000_000)
    return {
      ...{ planId, policies, discount: mean((row) => row.discountPpm) },
      ...{ clean: mean((row) => row.cleanSharePpm), credibility: mean((row) => row.credibilityPpm) },
    }
  })
  return {
    tables: [
      tableOf('plans', 'Discount by plan', {
        columns: {
          plan: ['Plan', ({ planId }) => planId],
          policies: ['Priced policies', ({ policies }) => policies],
          discount: ['Mean discount, %', ({ discount }) => discount],
          cleanShare: ['Mean share of clean kilometres, %', ({ clean }) => clean],
          credibility: ['Mean credibility, %', ({ credibility }) => credibility],
        },
        rows: plans,
      }),
      tableOf('spread', 'How the discount is spread', {
        columns: {
          plan: ['Plan', ({ planId }) => planId],
          discount: ['Discount', ({ from }) => `${from} to below ${from + 5} %`],
          policies: ['Policies', ({ policies }) => policies],
        },
        rows,
      }),
    ],
    notes: [
      'The newest price of each policy at the end of the month; every policy counts once, however far it is driven.',
      'Kilometres that could not be judged are not clean: a small share may mean little evidence. Credibility says how much of the share the discount takes.',
    ],
  }
}
