import { type Report, type ReportKind, reportKinds } from '@fairmile/contract/http/reports.ts'
import { and, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { reports } from '../db/schema/reports.ts'
import { drawPublicId } from '../drivers/public-id.ts'
import { contestsReport } from './contests.ts'
import { qualityReport } from './data-quality.ts'
import { discountReport } from './discount.ts'
import { lossReport } from './loss-by-plan.ts'
import { monthBefore } from './period.ts'
import { portfolioReport } from './portfolio.ts'
import { reportCsv } from './report-csv.ts'
import type { ReportBody } from './report-table.ts'

/** Who made what came by itself. */
const bySchedule = 'schedule'

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

/** Makes the reports of the month that is over, those that were not made by the schedule yet. */
export async function makeMonthlyReports(db: Database, { now }: { now: number }): Promise<{ made: number }> {
  const period = monthBefore(now)
  let made = 0
  for (const kind of reportKinds) {
    const [there] = await db
      .select({ id: reports.id })
      .from(reports)
      .where(and(eq(reports.kind, kind), eq(reports.period, period), eq(reports.madeBy, bySchedule)))
      .limit(1)
    if (there) continue
    await makeReport(db, { kind, period, by: bySchedule, now })
    made++
  }
  return { made }
}
