import { DriverId } from '@fairmile/contract/http/ids.ts'
import {
  NotificationPreferences,
  NotificationPreferencesBody,
  PushSubscription,
  PushSubscriptionBody,
  PushSubscriptionId,
} from '@fairmile/contract/http/notification-preferences.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { loggedIn, notThere, requireOwner } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { requireDriver } from '../drivers/require-driver.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import type { Outreach } from '../notify/outreach.ts'
import { readPreferences, writePreferences } from '../notify/preferences.ts'
import { addPushSubscription, removePushSubscription } from '../notify/push/push-subscriptions.ts'
import { checkTarget } from './check-target.ts'

const params = z.object({ driverId: DriverId })
const refusals = problems('unauthorized', 'not-found', 'validation')
const common = { tags: ['drivers'], security: loggedInBy }

const get = createRoute({
  ...common,
  middleware: [loggedIn] as const,
  method: 'get',
  path: '/api/v1/drivers/{driverId}/notification-preferences',
  summary: 'How a driver wants to be told, and which channels there are',
  request: { params },
  responses: { 200: json(NotificationPreferences, 'The preferences'), ...refusals },
})

const put = createRoute({
  ...common,
  middleware: [loggedIn] as const,
  method: 'put',
  path: '/api/v1/drivers/{driverId}/notification-preferences',
  summary: 'Say how a driver wants to be told',
  request: { params, body: jsonRequest(NotificationPreferencesBody) },
  responses: { 200: json(NotificationPreferences, 'The preferences after the change'), ...refusals },
})

const subscribe = createRoute({
  ...common,
  middleware: [loggedIn] as const,
  method: 'post',
  path: '/api/v1/drivers/{driverId}/push-subscriptions',
  summary: "Have a browser told by web push; a driver's ten newest browsers are",
  request: { params, body: jsonRequest(PushSubscriptionBody) },
  responses: { 201: json(PushSubscription, 'The subscription'), ...refusals },
})

const unsubscribe = createRoute({
  ...common,
  middleware: [loggedIn] as const,
  method: 'delete',
  path: '/api/v1/drivers/{driverId}/push-subscriptions/{subscriptionId}',
  summary: 'Have a browser told no more',
  request: { params: params.extend({ subscriptionId: PushSubscriptionId }) },
  responses: { 204: { description: 'It is told no more' }, ...refusals },
})

/** How drivers are told: said by themselves, or by an admin. */
export function notificationPreferenceRoutes({
  db,
  outreach: { email, pushKey, targets },
}: {
  db: Database
  outreach: Outreach
}): OpenAPIHono<AppEnv> {
  const offered = { email, pushKey }
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(get, async (c) => {
      const { driverId } = c.req.valid('param')
      await requireDriver(c, db, driverId)
      return c.json({ ...(await readPreferences(db, driverId)), offered }, 200)
    })
    .openapi(put, async (c) => {
      const { driverId } = c.req.valid('param')
      requireOwner(c, driverId, `driver "${driverId}"`)
      const body = c.req.valid('json')
      // Who does not speak of it changes nothing of what a link ended.
      const { urgentByEmail = (await readPreferences(db, driverId)).urgentByEmail } = body
      const preferences = { ...body, ...(urgentByEmail && { urgentByEmail }) }
      if (!(await writePreferences(db, driverId, preferences))) throw notThere(`driver "${driverId}"`)
      return c.json({ ...preferences, offered }, 200)
    })
    .openapi(subscribe, async (c) => {
      const { driverId } = c.req.valid('param')
      requireOwner(c, driverId, `driver "${driverId}"`)
      const subscription = c.req.valid('json')
      checkTarget(subscription.endpoint, targets, 'endpoint')
      const id = await addPushSubscription(db, driverId, subscription)
      if (id === null) throw notThere(`driver "${driverId}"`)
      return c.json({ id }, 201)
    })
    .openapi(unsubscribe, async (c) => {
      const { driverId, subscriptionId } = c.req.valid('param')
      requireOwner(c, driverId, `driver "${driverId}"`)
      if (!(await removePushSubscription(db, driverId, subscriptionId)))
        throw notThere(`push subscription "${subscriptionId}"`)
      return c.body(null, 204)
    })
}
