import { DrivingEventDetail } from '@fairmile/contract/http/events.ts'
import { EventId } from '@fairmile/contract/http/ids.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { loggedIn, notThere, requireOwner } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import { getDrivingEvent } from '../trips/event-queries.ts'

const get = createRoute({
  method: 'get',
  path: '/api/v1/events/{eventId}',
  tags: ['events'],
  summary: 'A driving event with ten seconds on both sides',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ eventId: EventId }) },
  responses: { 200: json(DrivingEventDetail, 'The event'), ...problems('unauthorized', 'not-found', 'validation') },
})

/** Driving events with their traces: read by their driver. */
export function eventRoutes({ db }: { db: Database }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid }).openapi(get, async (c) => {
    const { eventId } = c.req.valid('param')
    const found = await getDrivingEvent(db, eventId)
    if (!found) throw notThere(`event "${eventId}"`)
    requireOwner(c, found.driverId, `event "${eventId}"`)
    return c.json(found.event, 200)
  })
}
