import { ReportParams, ReportPeriod, reportKinds } from '@fairmile/contract/http/reports.ts'
import { z } from 'zod'
import type { OpenDatabase } from '../db/open.ts'
import { UsageError } from '../errors.ts'
import { makeReport } from '../reports/make-reports.ts'
import { listReports, readReport } from '../reports/read-reports.ts'
import { allPages } from './all-pages.ts'

const kind = z.enum(reportKinds)
type Kind = z.infer<typeof kind>

/** What `reports` does with the database. */
export const reportCommands = {
  'reports list': {
    input: z.strictObject({ limit: z.int().min(1), kind: kind.optional() }),
    run: ({ db }: OpenDatabase, { limit, kind: of }: { limit: number; kind?: Kind | undefined }) =>
      allPages((query) => listReports(db, { ...query, kind: of }), limit),
  },
  'reports make': {
    input: z.strictObject({ kind, period: ReportPeriod }),
    run: async ({ db }: OpenDatabase, of: { kind: Kind; period: string }) => {
      const report = await makeReport(db, { ...of, by: 'command line', now: Date.now() })
      if (!report) throw new UsageError(`Making the report of ${of.period}: that month has not begun`)
      return report
    },
  },
  'reports show': {
    input: z.strictObject({ id: ReportParams.shape.reportId }),
    run: async ({ db }: OpenDatabase, { id }: { id: string }) => {
      const found = await readReport(db, id)
      if (!found) throw new UsageError(`Showing the report "${id}": there is no such report`)
      return found
    },
  },
}
