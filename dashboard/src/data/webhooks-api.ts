import type { NotificationAttempt } from '@fairmile/contract/http/notification-deliveries.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import type {
  CreatedWebhook,
  CreateWebhookBody,
  RenewedSecret,
  UpdateWebhookBody,
  Webhook,
  WebhookTest,
} from '@fairmile/contract/http/webhooks.ts'
import { answer, client } from './client.ts'
import { of, pageOf, queryOf, sent, until } from './parameters.ts'

const { GET, POST, PATCH, DELETE } = client
/** Tries of a page. */
const tries = 20

/** What the page of webhooks asks the cloud for; failures are `ApiError`s. */
export const webhooksApi = {
  list: (cursor: string | null, signal?: AbortSignal): Promise<Page<Webhook>> =>
    answer(GET('/api/v1/admin/webhooks', { params: { query: queryOf({ cursor }) }, ...until(signal) })),
  create: (body: CreateWebhookBody): Promise<CreatedWebhook> => answer(POST('/api/v1/admin/webhooks', { body })),
  update: (webhookId: string, body: UpdateWebhookBody): Promise<Webhook> =>
    answer(PATCH('/api/v1/admin/webhooks/{webhookId}', { ...of({ webhookId }), body: sent(body) })),
  remove: async (webhookId: string): Promise<void> => {
    await DELETE('/api/v1/admin/webhooks/{webhookId}', of({ webhookId }))
  },
  /** A new secret; the one before signs beside it for so many hours. */
  renewSecret: (webhookId: string, overlapHours: number): Promise<RenewedSecret> =>
    answer(POST('/api/v1/admin/webhooks/{webhookId}/secret', { ...of({ webhookId }), body: { overlapHours } })),
  /** Sends it a test now. */
  test: (webhookId: string): Promise<WebhookTest> =>
    answer(POST('/api/v1/admin/webhooks/{webhookId}/test', of({ webhookId }))),
  /** Tries to tell a webhook, those of the newest events first. */
  attempts: (webhookId: string, cursor: string | null, signal?: AbortSignal): Promise<Page<NotificationAttempt>> =>
    answer(GET('/api/v1/admin/webhooks/{webhookId}/attempts', pageOf({ webhookId }, { cursor, limit: tries }, signal))),
}
