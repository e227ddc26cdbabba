import { DrivingEventList } from '@fairmile/contract/http/events.ts'
import { DriverId, TripId } from '@fairmile/contract/http/ids.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { Trip, TripPath } from '@fairmile/contract/http/trips.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { loggedIn, notThere, requireOwner } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { requireDriver } from '../drivers/require-driver.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import { listTripEvents } from '../trips/event-queries.ts'
import { tripPath } from '../trips/path.ts'
import { findTrip, listTrips } from '../trips/trip-queries.ts'

const oneTrip = { params: z.object({ tripId: TripId }) }
const failures = problems('unauthorized', 'not-found', 'validation')

const list = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}/trips',
  tags: ['trips'],
  summary: "A driver's trips, the newest first",
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ driverId: DriverId }), query: PageQuery },
  responses: { 200: json(pageOf(Trip), 'A page'), ...failures },
})

const get = createRoute({
  method: 'get',
  path: '/api/v1/trips/{tripId}',
  tags: ['trips'],
  summary: 'A trip; while it runs its sums are null and its events those stored so far',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: oneTrip,
  responses: { 200: json(Trip, 'The trip'), ...failures },
})

const path = createRoute({
  method: 'get',
  path: '/api/v1/trips/{tripId}/path',
  tags: ['trips'],
  summary: 'The path of a trip in at most 500 points',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: oneTrip,
  responses: { 200: json(TripPath, 'The path'), ...failures },
})

const events = createRoute({
  method: 'get',
  path: '/api/v1/trips/{tripId}/events',
  tags: ['trips'],
  summary: 'The events of a trip, in order of time',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: oneTrip,
  responses: { 200: json(DrivingEventList, 'The events'), ...failures },
})

/** Trips with their paths and events: read by their driver. */
export function tripRoutes({ db }: { db: Database }): OpenAPIHono<AppEnv> {
  const ownTrip = async (c: Context<AppEnv>, tripId: string): Promise<Trip> => {
    const found = await findTrip(db, tripId)
    if (!found) throw notThere(`trip "${tripId}"`)
    requireOwner(c, found.trip.driverId, `trip "${tripId}"`)
    if (!found.isTold) c.set('volatile', true)
    return found.trip
  }

  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(list, async (c) => {
      const { driverId } = c.req.valid('param')
      await requireDriver(c, db, driverId)
      const page = await listTrips(db, driverId, c.req.valid('query'))
      if (page.items.some(({ endAt }) => endAt === null)) c.set('volatile', true)
      return c.json(page, 200)
    })
    .openapi(get, async (c) => c.json(await ownTrip(c, c.req.valid('param').tripId), 200))
    .openapi(path, async (c) => {
      const { id } = await ownTrip(c, c.req.valid('param').tripId)
      return c.json({ tripId: id, points: await tripPath(db, id) }, 200)
    })
    .openapi(events, async (c) => {
      const { id } = await ownTrip(c, c.req.valid('param').tripId)
      return c.json({ items: await listTripEvents(db, id) }, 200)
    })
}
