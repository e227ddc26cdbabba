import { z } from 'zod'
import { PageQuery } from './page.ts'

export const reportKinds = ['portfolio', 'loss-by-plan', 'discount', 'contests', 'data-quality'] as const
export type ReportKind = (typeof reportKinds)[number]

/** A month, UTC. */
export const ReportPeriod = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
  .meta({ example: '2026-05' })

const Cell = z.union([z.string(), z.number(), z.null()])

/** A table of a report; null is unknown. */
export const ReportTable = z
  .object({
    name: z.string(),
    title: z.string(),
    columns: z.array(z.object({ name: z.string(), title: z.string() })),
    rows: z.array(z.array(Cell)),
  })
  .meta({ id: 'ReportTable' })
export type ReportTable = z.infer<typeof ReportTable>

/** A report where it stands in the list. */
export const ReportSummary = z
  .object({
    id: z.string(),
    kind: z.enum(reportKinds),
    period: z.string(),
    madeAt: z.iso.datetime(),
    madeBy: z.string(),
  })
  .meta({ id: 'ReportSummary' })
export type ReportSummary = z.infer<typeof ReportSummary>

/** A report: its tables, and what is to be known when they are read. */
export const Report = ReportSummary.extend({ tables: z.array(ReportTable), notes: z.array(z.string()) }).meta({
  id: 'Report',
})
export type Report = z.infer<typeof Report>

export const MakeReportBody = z
  .strictObject({ kind: z.enum(reportKinds), period: ReportPeriod })
  .meta({ id: 'MakeReportBody', example: { kind: 'portfolio', period: '2026-05' } })
export const ReportParams = z.object({ reportId: z.string().regex(/^RPT-[0-9A-Z]{12}$/) })
export const ReportQuery = PageQuery.extend({ kind: z.enum(reportKinds).optional() })
