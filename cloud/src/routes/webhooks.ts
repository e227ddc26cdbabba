import { NotificationAttempt } from '@fairmile/contract/http/notification-deliveries.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import {
  CreatedWebhook,
  CreateWebhookBody,
  RenewedSecret,
  RenewSecretBody,
  UpdateWebhookBody,
  Webhook,
  WebhookId,
  WebhookTest,
} from '@fairmile/contract/http/webhooks.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { adminOnly, notThere } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'
import { listAttempts } from '../notify/delivery-queries.ts'
import { createGuardedPost } from '../notify/outbound/guarded-post.ts'
import type { TargetRules } from '../notify/outbound/target.ts'
import { testWebhook } from '../notify/webhooks/test-webhook.ts'
import { createWebhook, listWebhooks, removeWebhook, renewSecret, updateWebhook } from '../notify/webhooks/webhooks.ts'
import { checkTarget } from './check-target.ts'

const common = { tags: ['admin'], security: loggedInBy }
const refusals = problems('unauthorized', 'forbidden', 'validation')
const refusalsOfOne = problems('unauthorized', 'forbidden', 'not-found', 'validation')
const params = z.object({ webhookId: WebhookId })

const list = createRoute({
  ...common,
  middleware: [adminOnly] as const,
  method: 'get',
  path: '/api/v1/admin/webhooks',
  summary: 'Addresses that are told of domain events',
  request: { query: PageQuery },
  responses: { 200: json(pageOf(Webhook), 'A page'), ...refusals },
})

const create = createRoute({
  ...common,
  middleware: [adminOnly] as const,
  method: 'post',
  path: '/api/v1/admin/webhooks',
  summary: 'Have an address told of domain events; its secret is shown this once',
  request: { body: jsonRequest(CreateWebhookBody) },
  responses: {
    201: json(CreatedWebhook, 'The webhook with its secret'),
    ...problems('unauthorized', 'forbidden', 'conflict', 'validation'),
  },
})

const update = createRoute({
  ...common,
  middleware: [adminOnly] as const,
  method: 'patch',
  path: '/api/v1/admin/webhooks/{webhookId}',
  summary: 'Change what a webhook is told, or where; enable or disable it',
  request: { params, body: jsonRequest(UpdateWebhookBody) },
  responses: { 200: json(Webhook, 'The webhook after the change'), ...refusalsOfOne },
})

const remove = createRoute({
  ...common,
  middleware: [adminOnly] as const,
  method: 'delete',
  path: '/api/v1/admin/webhooks/{webhookId}',
  summary: 'Remove a webhook; what was to go there is dropped',
  request: { params },
  responses: { 204: { description: 'It is told no more' }, ...refusalsOfOne },
})

const renew = createRoute({
  ...common,
  middleware: [adminOnly] as const,
  method: 'post',
  path: '/api/v1/admin/webhooks/{webhookId}/secret',
  summary: 'Give a webhook a new secret, which is shown this once; the one before signs beside it for a while',
  request: { params, body: jsonRequest(RenewSecretBody) },
  responses: { 200: json(RenewedSecret, 'The new secret'), ...refusalsOfOne },
})

const test = createRoute({
  ...common,
  middleware: [adminOnly] as const,
  method: 'post',
  path: '/api/v1/admin/webhooks/{webhookId}/test',
  summary: 'Send a webhook a signed test event now, once; says what it answered',
  request: { params },
  responses: { 200: json(WebhookTest, 'What came of it'), ...refusalsOfOne },
})

const attempts = createRoute({
  ...common,
  middleware: [adminOnly] as const,
  method: 'get',
  path: '/api/v1/admin/webhooks/{webhookId}/attempts',
  summary: 'Every try to tell a webhook, those of the newest events first',
  request: { params, query: PageQuery },
  responses: { 200: json(pageOf(NotificationAttempt), 'A page'), ...refusals },
})

interface WebhookRoutesOptions {
  readonly db: Database
  readonly targets: TargetRules
  /** Wall clock, epoch ms. @default Date.now */
  readonly now?: (() => number) | undefined
}

/** Webhooks, for admins. */
export function webhookRoutes({ db, targets, now = Date.now }: WebhookRoutesOptions): OpenAPIHono<AppEnv> {
  const post = createGuardedPost({ rules: targets })
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(list, async (c) => c.json(await listWebhooks(db, c.req.valid('query')), 200))
    .openapi(create, async (c) => {
      const body = c.req.valid('json')
      checkTarget(body.url, targets, 'url')
      const webhook = await createWebhook(db, body)
      if (!webhook) throw new ProblemError('conflict', 'There are as many webhooks as there may be; remove one first.')
      return c.json(webhook, 201)
    })
    .openapi(update, async (c) => {
      const { webhookId } = c.req.valid('param')
      const change = c.req.valid('json')
      if (change.url !== undefined) checkTarget(change.url, targets, 'url')
      const webhook = await updateWebhook(db, webhookId, change)
      if (!webhook) throw notThere(`webhook "${webhookId}"`)
      return c.json(webhook, 200)
    })
    .openapi(remove, async (c) => {
      const { webhookId } = c.req.valid('param')
      if (!(await removeWebhook(db, webhookId))) throw notThere(`webhook "${webhookId}"`)
      return c.body(null, 204)
    })
    .openapi(renew, async (c) => {
      const { webhookId } = c.req.valid('param')
      const renewed = await renewSecret(db, webhookId, { ...c.req.valid('json'), nowMs: now() })
      if (!renewed) throw notThere(`webhook "${webhookId}"`)
      return c.json(renewed, 200)
    })
    .openapi(test, async (c) => {
      const { webhookId } = c.req.valid('param')
      const tested = await testWebhook(db, webhookId, { post, nowMs: now(), signal: c.req.raw.signal })
      if (!tested) throw notThere(`webhook "${webhookId}"`)
      return c.json(tested, 200)
    })
    .openapi(attempts, async (c) => {
      const { webhookId } = c.req.valid('param')
      return c.json(await listAttempts(db, webhookId, c.req.valid('query')), 200)
    })
}
