import {
  DeadDelivery,
  DeadDeliveryFilter,
  DeliveredEvent,
  DomainEventFilter,
  ReplayDeliveriesBody,
  ReplayedDeliveries,
} from '@fairmile/contract/http/deliveries.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { adminOnly } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { listDeadDeliveries, replayDeliveries } from '../events/dead-deliveries.ts'
import { listDomainEvents } from '../events/event-queries.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'

const tags = ['admin']
const refusals = problems('unauthorized', 'forbidden', 'validation')

const list = createRoute({
  method: 'get',
  path: '/api/v1/admin/domain-events',
  tags,
  summary: 'What happened, the newest first, as CloudEvents with their deliveries: of one cause, of a driver, or all',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { query: PageQuery.extend(DomainEventFilter.shape) },
  responses: { 200: json(pageOf(DeliveredEvent), 'A page'), ...refusals },
})

const dead = createRoute({
  method: 'get',
  path: '/api/v1/admin/deliveries/dead',
  tags,
  summary: 'Deliveries of domain events that were given up, those of the newest events first',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { query: PageQuery.extend(DeadDeliveryFilter.shape) },
  responses: { 200: json(pageOf(DeadDelivery), 'A page'), ...refusals },
})

const replay = createRoute({
  method: 'post',
  path: '/api/v1/admin/deliveries/replay',
  tags,
  summary: 'Try dead deliveries of a consumer again, the oldest first',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { body: jsonRequest(ReplayDeliveriesBody) },
  responses: { 200: json(ReplayedDeliveries, 'How many'), ...refusals },
})

/** Domain events and their deliveries, for admins. */
export function domainEventRoutes({ db }: { db: Database }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(list, async (c) => c.json(await listDomainEvents(db, c.req.valid('query')), 200))
    .openapi(dead, async (c) => c.json(await listDeadDeliveries(db, c.req.valid('query')), 200))
    .openapi(replay, async (c) => {
      const { consumer, eventIds, limit } = c.req.valid('json')
      const replayed = await replayDeliveries(db, { consumer, eventIds: eventIds?.map(Number), limit })
      return c.json({ replayed }, 200)
    })
}
