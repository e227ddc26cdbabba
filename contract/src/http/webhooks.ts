import { z } from 'zod'
import type { DomainEventType } from '../domain-events/domain-event.ts'
import { eventDataV1 } from '../domain-events/event-data.ts'

const eventTypes = Object.keys(eventDataV1) as [DomainEventType, ...DomainEventType[]]

export const WebhookId = z.string().regex(/^WHK-[0-9A-Z]{1,26}$/)

const url = z.url({ protocol: /^https?$/ }).max(1000)
const types = z.array(z.enum(eventTypes)).min(1).max(eventTypes.length)

/** An address that is told of domain events, of these types. */
export const CreateWebhookBody = z.object({ url, eventTypes: types }).meta({ id: 'CreateWebhookBody' })
export type CreateWebhookBody = z.infer<typeof CreateWebhookBody>

export const UpdateWebhookBody = z
  .object({ url: url.optional(), eventTypes: types.optional(), enabled: z.boolean().optional() })
  .refine((body) => Object.keys(body).length > 0, 'expected something to change')
  .meta({ id: 'UpdateWebhookBody' })
export type UpdateWebhookBody = z.infer<typeof UpdateWebhookBody>

export const Webhook = z
  .object({
    id: z.string(),
    url: z.string(),
    eventTypes: z.array(z.string()),
    enabled: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' })
export type Webhook = z.infer<typeof Webhook>

/** A new webhook with the secret that signs its messages (`whsec_…`), which is shown this once. */
export const CreatedWebhook = Webhook.extend({ secret: z.string() }).meta({ id: 'CreatedWebhook' })
export type CreatedWebhook = z.infer<typeof CreatedWebhook>

/** Asks for a new secret; the one before signs beside it for so long, at most a week. 0 ends it at once, as where it is known to others. */
export const RenewSecretBody = z
  .object({ overlapHours: z.int().min(0).max(168).default(24) })
  .meta({ id: 'RenewSecretBody' })
export type RenewSecretBody = z.infer<typeof RenewSecretBody>

/** The new secret of a webhook, which is shown this once; the one before it signs too until `previousUntil`. */
export const RenewedSecret = z
  .object({ id: z.string(), secret: z.string(), previousUntil: z.iso.datetime() })
  .meta({ id: 'RenewedSecret' })
export type RenewedSecret = z.infer<typeof RenewedSecret>

/** What came of a test: the status of the answer (null where there was none), what is wrong with it (null where it was taken), and how long it took, ms. */
export const WebhookTest = z
  .object({ status: z.int().nullable(), error: z.string().nullable(), tookMs: z.int() })
  .meta({ id: 'WebhookTest' })
export type WebhookTest = z.infer<typeof WebhookTest>
