import { ReplayedDeliveries } from '@fairmile/contract/http/deliveries.ts'
import {
  DeliveryFilter,
  NotificationDelivery,
  ReplayNotificationsBody,
} from '@fairmile/contract/http/notification-deliveries.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { adminOnly } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import { listNotificationDeliveries, replayNotifications } from '../notify/delivery-queries.ts'

const common = { tags: ['admin'], security: loggedInBy }
const refusals = problems('unauthorized', 'forbidden', 'validation')

const list = createRoute({
  ...common,
  middleware: [adminOnly] as const,
  method: 'get',
  path: '/api/v1/admin/notification-deliveries',
  summary: 'E-mails, pushes and webhook messages in a state (default: given up), the newest first',
  request: { query: PageQuery.extend(DeliveryFilter.shape) },
  responses: { 200: json(pageOf(NotificationDelivery), 'A page'), ...refusals },
})

const replay = createRoute({
  ...common,
  middleware: [adminOnly] as const,
  method: 'post',
  path: '/api/v1/admin/notification-deliveries/replay',
  summary: 'Try what was given up again, the oldest first',
  request: { body: jsonRequest(ReplayNotificationsBody) },
  responses: { 200: json(ReplayedDeliveries, 'How many'), ...refusals },
})

/** Deliveries of notifications, for admins. */
export function notificationDeliveryRoutes({ db }: { db: Database }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(list, async (c) => c.json(await listNotificationDeliveries(db, c.req.valid('query')), 200))
    .openapi(replay, async (c) => {
      const { ids, ...which } = c.req.valid('json')
      return c.json({ replayed: await replayNotifications(db, { ...which, ids: ids?.map(Number) }) }, 200)
    })
}
