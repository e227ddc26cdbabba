import { TripId } from '@fairmile/contract/http/ids.ts'
import { ReassignTripBody, TripVersionList } from '@fairmile/contract/http/trip-versions.ts'
import { Trip } from '@fairmile/contract/http/trips.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { adminOnly, loggedIn, notThere, requireOwner, requireUser } from '../auth/guard.ts'
import { type Changed, tagOf } from '../cache/tags.ts'
import type { Database } from '../db/database.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import { knownTo } from '../trips/known-to.ts'
import { reassignTrip } from '../trips/reassign-trip.ts'
import { getTrip } from '../trips/trip-queries.ts'
import { listVersions } from '../trips/version-queries.ts'

const params = z.object({ tripId: TripId })

const versions = createRoute({
  method: 'get',
  path: '/api/v1/trips/{tripId}/versions',
  tags: ['trips'],
  summary: 'Every version of a trip with why it came to be, the newest first',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params },
  responses: { 200: json(TripVersionList, 'The versions'), ...problems('unauthorized', 'not-found', 'validation') },
})

const driver = createRoute({
  operationId: 'reassignTrip',
  method: 'post',
  path: '/api/v1/trips/{tripId}/driver',
  tags: ['trips'],
  summary: 'Say who drove a trip: scores and premiums of both drivers follow',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { params, body: jsonRequest(ReassignTripBody) },
  responses: {
    200: json(Trip, 'The trip in its new version'),
    ...problems('unauthorized', 'forbidden', 'not-found', 'conflict', 'validation'),
  },
})

/** Versions of trips: read by the driver whose trip it is, made by the car, the cloud and admins. */
export function tripVersionRoutes({ db, changed }: { db: Database; changed: Changed }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(versions, async (c) => {
      const { tripId } = c.req.valid('param')
      const found = await listVersions(db, tripId)
      if (!found) throw notThere(`trip "${tripId}"`)
      requireOwner(c, found.driverId, `trip "${tripId}"`)
      return c.json({ items: await knownTo(db, requireUser(c), { tripId, items: found.items }) }, 200)
    })
    .openapi(driver, async (c) => {
      const { tripId } = c.req.valid('param')
      const { driverId, reason } = c.req.valid('json')
      const before = await getTrip(db, tripId)
      const known = await reassignTrip(db, { tripId, driverId, reason, by: requireUser(c).id })
      const trip = known && (await getTrip(db, tripId))
      if (!trip) throw notThere(`trip "${tripId}"`)
      // Whose it was sees it no more from this answer on; the consumers would say so a little later.
      const whose = [before?.driverId, trip.driverId].flatMap((id) => (id ? [tagOf.driver(id)] : []))
      await changed(tagOf.trip(tripId), ...whose)
      return c.json(trip, 200)
    })
}
