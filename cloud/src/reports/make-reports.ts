import { type Report, type ReportKind, reportKinds } from '@fairmile/contract/http/reports.ts'
import { and, eq, min } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { drivers } from '../db/schema/people.ts'
import { reports } from '../db/schema/reports.ts'
import { drawPublicId } from '../drivers/public-id.ts'
import { contestsReport } from './contests.ts'
import { qualityReport } from './data-quality.ts'
import { discountReport } from './discount.ts'
import { lossReport } from './loss-by-plan.ts'
import { monthsBefore } from './period.ts'
import { portfolioReport } from './portfolio.ts'
import { reportCsv } from './report-csv.ts'
import type { ReportBody } from './report-table.ts'

/** Who made what came by itself. */
const bySchedule = 'schedule'
/** How many months that are over are looked at: more than any outage. */
const maxMonths = 12

/** Every kind of report, and who makes it for a month. */
const makers: Record<ReportKind, (db: Database, month: string) => Promise<ReportBody>> = {
  portfolio: portfolioReport,
  'loss-by-plan': lossReport,
  discount: discountReport,
  contests: contestsReport,
  'data-quality': qualityReport,
}

/** Makes a report and keeps it; null for a month that has not begun. */
export async function makeReport(
  db: Database,
  { kind, period, by, now }: { kind: ReportKind; period: string; by: string; now: number },
): Promise<Report | null> {
  const madeAt = new Date(now)
  if (period > madeAt.toISOString().slice(0, 7)) return null
  const body = await makers[kind](db, period)
  const report = { id: drawPublicId('RPT'), kind, period, madeAt, madeBy: by }
  await db.insert(reports).values({ ...report, body, csv: reportCsv(body.tables) })
  return { ...report, madeAt: madeAt.toISOString(), ...body }
}

interface MonthlyOptions {
  /** Wall clock, UTC epoch milliseconds. */
  readonly now: number
  /** Told of a report that could not be made; the others are. */
  readonly failed: (report: { kind: ReportKind; period: string }, error: unknown) => void
}

/**
 * Makes the reports of the months that are over, those that the schedule did not make yet: of a month in which no worker ran too, the newest first. None of
 * a month before there was a driver, but for the last one, nor of one longer ago than `maxMonths`. One that fails holds up no other.
 *
 * @throws Error in the end where any failed, so that the job is seen to have failed and is tried again
 */
export async function makeMonthlyReports(db: Database, { now, failed }: MonthlyOptions): Promise<{ made: number }> {
  const [{ since } = { since: null }] = await db.select({ since: min(drivers.createdAt) }).from(drivers)
  const [last, ...earlier] = monthsBefore(now, maxMonths)
  const first = (since?.toISOString() ?? last!).slice(0, 7)
  const { kind: ofKind, period: ofPeriod, madeBy } = reports
  const told = { made: 0, failed: 0 }
  for (const period of [last!, ...earlier.filter((month) => month >= first)]) {
    for (const kind of reportKinds) {
      const [there] = await db
        .select({ id: reports.id })
        .from(reports)
        .where(and(eq(ofKind, kind), eq(ofPeriod, period), eq(madeBy, bySchedule)))
        .limit(1)
      if (there) continue
      try {
        await makeReport(db, { kind, period, by: bySchedule, now })
        told.made++
      } catch (error) {
        told.failed++
        failed({ kind, period }, error)
      }
    }
  }
  if (told.failed > 0)
    throw new Error(`Making monthly reports: ${told.failed} failed and ${told.made} were made; the log says why`)
  return { made: told.made }
}
