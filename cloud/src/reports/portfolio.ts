import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { newestShown } from '../risk/score-standing.ts'
import { type Period, periodOf } from './period.ts'
import { percentOf, type ReportBody, tableOf } from './report-table.ts'

interface PortfolioFigures {
  policies: number
  drivers: number
  policyYears: number
  trips: number
  km: number
  gradableKm: number
  begun: number
  ended: number
}
interface ScoreBin {
  /** Lowest safety score of the bin; null: no score by then, or too few judged kilometres for one. */
  from: number | null
  drivers: number
}

/** Makes the report of a portfolio in a month: what was insured, what was driven, and how the scores were spread at its end. */
export async function portfolioReport(db: Database, month: string): Promise<ReportBody> {
  const period = periodOf(month)
  const [figures] = await figuresOf(db, period)
  return portfolioTables(figures, await binsOf(db, period))
}

/** The tables of the portfolio. */
function portfolioTables(figures: PortfolioFigures | undefined, bins: readonly ScoreBin[]): ReportBody {
  const rows: [string, number | null][] = figures
    ? [
        ['Policies in force', figures.policies],
        ['Policies that began', figures.begun],
        ['Policies that ended', figures.ended],
        ['Drivers insured', figures.drivers],
        ['Policy years', figures.policyYears],
        ['Trips', figures.trips],
        ['Kilometres', figures.km],
        ['Kilometres that could be judged', figures.gradableKm],
        ['Judged, %', percentOf(figures.gradableKm, figures.km)],
      ]
    : []
  return {
    tables: [
      tableOf('figures', 'Portfolio', {
        columns: { figure: ['Figure', ([n]) => n], value: ['Value', ([, v]) => v] },
        rows,
      }),
      tableOf('scores', 'Safety scores at the end of the month', {
        columns: {
          score: [
            'Safety score',
            ({ from }) => (from === null ? 'none yet' : `${from} to ${from === 90 ? 100 : from + 9}`),
          ],
          drivers: ['Drivers', ({ drivers }) => drivers],
        },
        rows: bins,
      }),
    ],
    notes: [
      'Who has fewer judged kilometres than their plan asks for has no score yet.',
      'A policy year is a policy in force for 365.25 days; months and days are UTC.',
    ],
  }
}

const figuresOf = (db: Database, { from, until, fromAt, untilAt }: Period) =>
  selectRows<PortfolioFigures & Record<string, unknown>>(
    db,
    sql`
      SELECT insured.*, driven.* FROM (
        SELECT count(*)::int AS policies, count(DISTINCT driver_id)::int AS drivers,
          (count(*) FILTER (WHERE starts_on >= ${from}))::int AS begun,
          (count(*) FILTER (WHERE ends_on < ${until}))::int AS ended,
          round(coalesce(sum(least(ends_on + 1, ${until}) - greatest(starts_on, ${from})), 0) / 365.25, 2)::float8
            AS "policyYears"
        FROM policies WHERE starts_on < ${until} AND ends_on >= ${from} AND state <> 'voided'
      ) insured CROSS JOIN (
        SELECT count(*)::int AS trips, round(coalesce(sum(distance_m) / 1000, 0)::numeric, 1)::float8 AS km,
          round(coalesce(sum(gradable_m) / 1000, 0)::numeric, 1)::float8 AS "gradableKm"
        FROM trips WHERE start_at >= ${fromAt} AND start_at < ${untilAt} AND end_at IS NOT NULL
      ) driven`,
  )

const binsOf = (db: Database, { untilAt }: Period) =>
  selectRows<ScoreBin & Record<string, unknown>>(
    db,
    sql`
      SELECT CASE WHEN last.risk IS NOT NULL THEN least(9, floor((100 - last.risk) / 10))::int * 10 END AS "from",
        count(*)::int AS drivers
      FROM drivers d LEFT JOIN LATERAL ${newestShown(sql`d.id`, { before: sql`${untilAt}` })} last ON true
      WHERE d.created_at < ${untilAt} GROUP BY 1 ORDER BY 1 NULLS FIRST`,
  )
