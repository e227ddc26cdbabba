import { DriverId } from '@fairmile/contract/http/ids.ts'
import { NotificationPage, ReadNotifications, ReadNotificationsBody } from '@fairmile/contract/http/notifications.ts'
import { PageQuery } from '@fairmile/contract/http/page.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { adminOnly, loggedIn } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { requireDriver } from '../drivers/require-driver.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import { listNotifications, readNotifications } from '../notify/notification-queries.ts'

const params = z.object({ driverId: DriverId })
const refusals = problems('unauthorized', 'not-found', 'validation')

const list = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}/notifications',
  tags: ['drivers'],
  summary: 'What a driver is told, the newest first',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params, query: PageQuery },
  responses: { 200: json(NotificationPage, 'A page'), ...refusals },
})

const read = createRoute({
  method: 'post',
  path: '/api/v1/drivers/{driverId}/notifications/read',
  tags: ['drivers'],
  summary: 'Mark the notifications up to one as read',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params, body: jsonRequest(ReadNotificationsBody) },
  responses: { 200: json(ReadNotifications, 'How many were unread, and how many are'), ...refusals },
})

const adminList = createRoute({
  method: 'get',
  path: '/api/v1/admin/notifications',
  tags: ['admin'],
  summary: 'What the admins are told, the newest first',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { query: PageQuery },
  responses: { 200: json(NotificationPage, 'A page'), ...problems('unauthorized', 'forbidden', 'validation') },
})

const adminRead = createRoute({
  method: 'post',
  path: '/api/v1/admin/notifications/read',
  tags: ['admin'],
  summary: "Mark the admins' notifications up to one as read, for all of them",
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { body: jsonRequest(ReadNotificationsBody) },
  responses: {
    200: json(ReadNotifications, 'How many were unread, and how many are'),
    ...problems('unauthorized', 'forbidden', 'validation'),
  },
})

/** Notifications: read by the driver whom they are for, and by admins. */
export function notificationRoutes({ db }: { db: Database }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(list, async (c) => {
      const { driverId } = c.req.valid('param')
      await requireDriver(c, db, driverId)
      return c.json(await listNotifications(db, driverId, c.req.valid('query')), 200)
    })
    .openapi(read, async (c) => {
      const { driverId } = c.req.valid('param')
      await requireDriver(c, db, driverId)
      const upTo = Number(c.req.valid('json').upTo)
      return c.json(await readNotifications(db, driverId, { upTo, at: new Date() }), 200)
    })
    .openapi(adminList, async (c) => c.json(await listNotifications(db, null, c.req.valid('query')), 200))
    .openapi(adminRead, async (c) => {
      const upTo = Number(c.req.valid('json').upTo)
      return c.json(await readNotifications(db, null, { upTo, at: new Date() }), 200)
    })
}
