import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import type { Report, ReportKind, ReportSummary } from '@fairmile/contract/http/reports.ts'
import { and, desc, eq, lt, or } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { reports } from '../db/schema/reports.ts'
import { decodeCursor, momentOf, toPage } from '../http/page.ts'

const { id, kind, period, madeAt, madeBy } = reports

/** A page of the reports, the newest first. */
export async function listReports(
  db: Database,
  { cursor, limit, kind: wanted }: PageQuery & { kind?: ReportKind | undefined },
): Promise<Page<ReportSummary>> {
  const [at, last] = decodeCursor(cursor, 2) ?? []
  const before = at === undefined ? undefined : momentOf(at)
  const rows = await db
    .select({ id, kind, period, madeAt, madeBy })
    .from(reports)
    .where(
      and(
        wanted === undefined ? undefined : eq(kind, wanted),
        before && or(lt(madeAt, before), and(eq(madeAt, before), lt(id, last ?? ''))),
      ),
    )
    .orderBy(desc(madeAt), desc(id))
    .limit(limit + 1)
  return toPage(rows, {
    limit,
    keyOf: (row) => [row.madeAt.toISOString(), row.id],
    itemOf: (row) => ({ ...row, madeAt: row.madeAt.toISOString() }),
  })
}

/** A report as it was made, with its CSV; null where there is none. */
export async function readReport(db: Database, reportId: string): Promise<{ report: Report; csv: string } | null> {
  const [row] = await db.select().from(reports).where(eq(id, reportId))
  if (!row) return null
  const { body, csv, ...summary } = row
  return { report: { ...summary, madeAt: row.madeAt.toISOString(), ...body }, csv }
}
