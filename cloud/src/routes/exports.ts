import {
  DriverExportQuery,
  type ExportFormat,
  type ExportRangeQuery,
  exportFormats,
  maxDriverExportDays,
  maxPortfolioExportDays,
  PortfolioExportQuery,
  portfolioExportFormats,
  TripExportQuery,
  tripExportFormats,
} from '@fairmile/contract/http/exports.ts'
import { DriverId, TripId } from '@fairmile/contract/http/ids.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { eq } from 'drizzle-orm'
import type { Context } from 'hono'
import { adminOnly, loggedIn, notThere, requireOwner } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'
import { requireDriver } from '../drivers/require-driver.ts'
import { exportFile, mediaTypes } from '../exports/export-file.ts'
import { ExportRangeError, exportRange } from '../exports/export-range.ts'
import { readExportPage } from '../exports/read-page.ts'
import type { Subject } from '../exports/sources.ts'
import { streamOf } from '../exports/stream-of.ts'
import { loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'
import type { Log } from '../log.ts'

/** How long a client may take nothing before it is hung up on, ms. */
const idleMs = 60_000

/** A FeatureCollection of RFC 7946. */
const geoJson = z.looseObject({ type: z.literal('FeatureCollection'), features: z.array(z.looseObject({})) })

const file = (formats: readonly ExportFormat[], description: string) => ({
  content: Object.fromEntries(
    formats.map((format) => [
      mediaTypes[format].split(';')[0],
      { schema: format === 'geojson' ? geoJson : z.string().meta({ format: 'binary' }) },
    ]),
  ),
  headers: {
    'Content-Disposition': { description: 'The name of the file', schema: { type: 'string' as const } },
  },
  description,
})

const driver = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}/export',
  tags: ['exports'],
  summary: `What is kept of a driver in a range of ${maxDriverExportDays} days at most, as one file; GPX has the positions alone`,
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ driverId: DriverId }), query: DriverExportQuery },
  responses: {
    200: file(exportFormats, 'The file; a connection that breaks off means that it is not whole'),
    ...problems('unauthorized', 'not-found', 'validation'),
  },
})

const trip = createRoute({
  method: 'get',
  path: '/api/v1/trips/{tripId}/export',
  tags: ['exports'],
  summary: 'A trip with every second and event, as one file',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ tripId: TripId }), query: TripExportQuery },
  responses: {
    200: file(tripExportFormats, 'The file; a connection that breaks off means that it is not whole'),
    ...problems('unauthorized', 'not-found', 'validation'),
  },
})

const portfolio = createRoute({
  method: 'get',
  path: '/api/v1/admin/export',
  tags: ['exports'],
  summary: `Drivers, trips, premiums or events of all drivers in a range of ${maxPortfolioExportDays} days at most; no positions`,
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { query: PortfolioExportQuery },
  responses: {
    200: file(portfolioExportFormats, 'The file; a connection that breaks off means that it is not whole'),
    ...problems('unauthorized', 'forbidden', 'validation'),
  },
})

export interface ExportRoutesOptions {
  readonly db: Database
  readonly log: Log
  readonly now?: (() => number) | undefined
}

/** Files of what is kept: for drivers of themselves, for admins of all. */
export function exportRoutes({ db, log, now = Date.now }: ExportRoutesOptions): OpenAPIHono<AppEnv> {
  const send = async (c: Context<AppEnv>, subject: Subject, format: ExportFormat): Promise<Response> => {
    const { name, mediaType, pieces } = exportFile((ask) => readExportPage(db, ask), { subject, format })
    const failed = (error: unknown) => log.error({ error, path: c.req.path }, 'an export broke off')
    const headers = { 'content-type': mediaType, 'content-disposition': `attachment; filename="${name}"` }
    return c.body(await streamOf(pieces, { idleMs, failed }), 200, { ...headers, 'cache-control': 'no-store' })
  }
  const rangeOf = (query: ExportRangeQuery, maxDays: number) =>
    asProblem(() => exportRange(query, { maxDays, nowMs: now() }))

  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(driver, async (c) => {
      const { driverId } = c.req.valid('param')
      const { format, ...query } = c.req.valid('query')
      await requireDriver(c, db, driverId)
      return send(c, { of: 'driver', driverId, ...rangeOf(query, maxDriverExportDays) }, format)
    })
    .openapi(trip, async (c) => {
      const { tripId } = c.req.valid('param')
      const [known] = await db.select({ driverId: trips.driverId }).from(trips).where(eq(trips.id, tripId))
      if (!known) throw notThere(`trip "${tripId}"`)
      requireOwner(c, known.driverId, `trip "${tripId}"`)
      return send(c, { of: 'trip', tripId }, c.req.valid('query').format)
    })
    .openapi(portfolio, async (c) => {
      const { what, format, ...query } = c.req.valid('query')
      return send(c, { of: 'portfolio', set: what, ...rangeOf(query, maxPortfolioExportDays) }, format)
    })
}

function asProblem<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ExportRangeError)) throw error
    throw new ProblemError('validation', error.message, { errors: [{ path: 'query.to', message: error.message }] })
  }
}
