import { DriverId, TripId } from '@fairmile/contract/http/ids.ts'
import {
  DriverStatisticsQuery,
  DriverStatisticsReport,
  TripStatisticsReport,
} from '@fairmile/contract/http/statistics.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { loggedIn, notThere, requireOwner } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import { driverStatisticsOf, tripStatisticsOf } from '../trips/statistics-queries.ts'
import { getTrip } from '../trips/trip-queries.ts'

const failures = problems('unauthorized', 'not-found', 'validation')

const ofDriver = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}/statistics',
  tags: ['trips'],
  summary: "A driver's trips added up over 7, 30 or 90 days before the end of the newest; 404 before the first",
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ driverId: DriverId }), query: DriverStatisticsQuery },
  responses: { 200: json(DriverStatisticsReport, 'The sums'), ...failures },
})

const ofTrip = createRoute({
  method: 'get',
  path: '/api/v1/trips/{tripId}/statistics',
  tags: ['trips'],
  summary:
    "A trip's statistics by the car, the cloud's own account of its telematics, and whether they agree; 404 while it runs",
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ tripId: TripId }) },
  responses: { 200: json(TripStatisticsReport, 'The statistics'), ...failures },
})

/** Statistics of trips and of drivers: read by the driver. */
export function statisticsRoutes({ db }: { db: Database }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(ofDriver, async (c) => {
      const { driverId } = c.req.valid('param')
      requireOwner(c, driverId, `driver "${driverId}"`)
      const found = await driverStatisticsOf(db, { driverId, days: c.req.valid('query').days })
      if (!found) throw notThere(`sum of the trips of "${driverId}" yet; the first one comes with the first trip`)
      return c.json(found, 200)
    })
    .openapi(ofTrip, async (c) => {
      const { tripId } = c.req.valid('param')
      const trip = await getTrip(db, tripId)
      if (!trip) throw notThere(`trip "${tripId}"`)
      requireOwner(c, trip.driverId, `trip "${tripId}"`)
      const found = await tripStatisticsOf(db, tripId)
      if (!found) throw notThere(`account of the statistics of trip "${tripId}" yet; it comes when it ends`)
      return c.json(found, 200)
    })
}
