import type { AdminOverview } from '@fairmile/contract/http/admin-overview.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { newestShown } from '../risk/score-standing.ts'

/** Of the normal distribution: 90 % lie within so many standard deviations. */
const z90 = 1.645

/** How the newest safety scores of all drivers are spread, those apart of whom too few kilometres were judged; one look at the key of `scores` a driver, however many scores they have. */
export async function portfolioScores(db: Database): Promise<AdminOverview['scores']> {
  const rows = await selectRows<{ bin: number | null; drivers: number; sum: number | null; squares: number | null }>(
    db,
    sql`
      SELECT CASE WHEN newest.risk IS NOT NULL THEN least(9, floor((100 - newest.risk) / 10))::int END AS bin, count(*)::int AS drivers,
        sum(100 - newest.risk) AS sum, sum((100 - newest.risk) ^ 2) AS squares
      FROM drivers d LEFT JOIN LATERAL ${newestShown(sql`d.id`)} newest ON true
      GROUP BY 1`,
  )
  return spreadOf(rows)
}

interface Bin {
  /** Null: without a score, or unscored. */
  readonly bin: number | null
  readonly drivers: number
  readonly sum: number | null
  readonly squares: number | null
}

/** The spread of scores from their sums by bin. */
export function spreadOf(rows: readonly Bin[]): AdminOverview['scores'] {
  const bins = new Array<number>(10).fill(0)
  let [scored, unscored, sum, squares] = [0, 0, 0, 0]
  for (const row of rows) {
    if (row.bin === null) {
      unscored += row.drivers
      continue
    }
    bins[row.bin] = row.drivers
    scored += row.drivers
    sum += row.sum ?? 0
    squares += row.squares ?? 0
  }
  if (scored === 0) return { scored, unscored, mean: null, interval: null, bins }
  const mean = sum / scored
  if (scored < 2) return { scored, unscored, mean, interval: null, bins }
  const variance = Math.max(0, (squares - scored * mean * mean) / (scored - 1))
  const reach = z90 * Math.sqrt(variance / scored)
  return {
    scored,
    unscored,
    mean,
    interval: { low: Math.max(0, mean - reach), high: Math.min(100, mean + reach) },
    bins,
  }
}
