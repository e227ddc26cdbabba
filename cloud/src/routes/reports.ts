import { pageOf } from '@fairmile/contract/http/page.ts'
import { MakeReportBody, Report, ReportParams, ReportQuery, ReportSummary } from '@fairmile/contract/http/reports.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { adminOnly, notThere, requireUser } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'
import { makeReport } from '../reports/make-reports.ts'
import { listReports, readReport } from '../reports/read-reports.ts'

const about = { tags: ['admin'], security: loggedInBy, middleware: [adminOnly] }
const path = '/api/v1/admin/reports'

const list = createRoute({
  ...{ ...about, method: 'get', path },
  summary: 'Reports, the newest first',
  request: { query: ReportQuery },
  responses: { 200: json(pageOf(ReportSummary), 'A page'), ...problems('unauthorized', 'forbidden', 'validation') },
})
const make = createRoute({
  ...{ ...about, method: 'post', path },
  summary: 'Make a report of a month now and keep it; one of the month that runs is of its days so far',
  request: { body: jsonRequest(MakeReportBody) },
  responses: { 201: json(Report, 'The report'), ...problems('unauthorized', 'forbidden', 'validation') },
})
const show = createRoute({
  ...{ ...about, method: 'get', path: `${path}/{reportId}` },
  summary: 'A report with its tables',
  request: { params: ReportParams },
  responses: {
    200: json(Report, 'As it was made'),
    ...problems('unauthorized', 'forbidden', 'not-found', 'validation'),
  },
})
const csv = createRoute({
  ...{ ...about, method: 'get', path: `${path}/{reportId}/csv` },
  summary: 'The tables of a report as CSV',
  request: { params: ReportParams },
  responses: {
    200: { description: 'As it was made', content: { 'text/csv': { schema: z.string() } } },
    ...problems('unauthorized', 'forbidden', 'not-found', 'validation'),
  },
})

/** Reports, for admins. */
export function reportRoutes({
  db,
  now = Date.now,
}: {
  db: Database
  now?: (() => number) | undefined
}): OpenAPIHono<AppEnv> {
  const read = async (reportId: string) => {
    const found = await readReport(db, reportId)
    if (!found) throw notThere(`report "${reportId}"`)
    return found
  }
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(list, async (c) => c.json(await listReports(db, c.req.valid('query')), 200))
    .openapi(make, async (c) => {
      const { kind, period } = c.req.valid('json')
      const report = await makeReport(db, { kind, period, by: requireUser(c).email, now: now() })
      if (report) return c.json(report, 201)
      const message = `${period} has not begun`
      throw new ProblemError('validation', message, { errors: [{ path: 'json.period', message }] })
    })
    .openapi(show, async (c) => c.json((await read(c.req.valid('param').reportId)).report, 200))
    .openapi(csv, async (c) => {
      const { report, csv: text } = await read(c.req.valid('param').reportId)
      return c.body(text, 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="fairmile-${report.kind}-${report.period}.csv"`,
      })
    })
}
