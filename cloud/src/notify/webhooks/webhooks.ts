import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import type {
  CreatedWebhook,
  CreateWebhookBody,
  RenewedSecret,
  RenewSecretBody,
  UpdateWebhookBody,
  Webhook,
} from '@fairmile/contract/http/webhooks.ts'
import { asc, count, eq, gt, sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { webhooks } from '../../db/schema/notification-deliveries.ts'
import { drawPublicId } from '../../drivers/public-id.ts'
import { decodeCursor, toPage } from '../../http/page.ts'
import { drawSecret } from './sign.ts'

/** Webhooks that there may be: each is told of every event. */
const maxWebhooks = 50

/** Adds a webhook with a secret of its own; null where there are enough. */
export function createWebhook(db: Database, { url, eventTypes }: CreateWebhookBody): Promise<CreatedWebhook | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`LOCK TABLE webhooks IN SHARE ROW EXCLUSIVE MODE`)
    const [row] = await tx.select({ n: count() }).from(webhooks)
    if ((row?.n ?? 0) >= maxWebhooks) return null
    const webhook = {
      id: drawPublicId('WHK'),
      url,
      eventTypes: [...new Set(eventTypes)],
      enabled: true,
      createdAt: new Date(),
    }
    const secret = drawSecret()
    await tx.insert(webhooks).values({ ...webhook, secret })
    return { ...toWebhook(webhook), secret }
  })
}

/** A page of the webhooks, in order of their ids. */
export async function listWebhooks(db: Database, { cursor, limit }: PageQuery): Promise<Page<Webhook>> {
  const [after] = decodeCursor(cursor, 1) ?? []
  const rows = await db
    .select()
    .from(webhooks)
    .where(after === undefined ? undefined : gt(webhooks.id, after))
    .orderBy(asc(webhooks.id))
    .limit(limit + 1)
  return toPage(rows, { limit, keyOf: ({ id }) => [id], itemOf: toWebhook })
}

/** Changes a webhook; null where there is none. */
export async function updateWebhook(db: Database, id: string, change: UpdateWebhookBody): Promise<Webhook | null> {
  const { url, eventTypes, enabled } = change
  const [row] = await db
    .update(webhooks)
    .set({
      ...(url !== undefined && { url }),
      ...(eventTypes && { eventTypes: [...new Set(eventTypes)] }),
      ...(enabled !== undefined && { enabled }),
    })
    .where(eq(webhooks.id, id))
    .returning()
  return row ? toWebhook(row) : null
}

/**
 * Gives a webhook a new secret; null where there is none. The one that it had signs beside it for `overlapHours`; one that was replaced
 * before that signs no more.
 */
export async function renewSecret(
  db: Database,
  id: string,
  { overlapHours, nowMs }: RenewSecretBody & { nowMs: number },
): Promise<RenewedSecret | null> {
  const secret = drawSecret()
  const previousUntil = new Date(nowMs + overlapHours * 3_600_000)
  const [row] = await db
    .update(webhooks)
    .set({ secret, previousSecret: sql`${webhooks.secret}`, previousUntil })
    .where(eq(webhooks.id, id))
    .returning({ id: webhooks.id })
  return row ? { id, secret, previousUntil: previousUntil.toISOString() } : null
}

/** Removes a webhook; false where there is none. What was to go there is dropped. */
export async function removeWebhook(db: Database, id: string): Promise<boolean> {
  return (await db.delete(webhooks).where(eq(webhooks.id, id)).returning({ id: webhooks.id })).length > 0
}

const toWebhook = ({
  id,
  url,
  eventTypes,
  enabled,
  createdAt,
}: Pick<typeof webhooks.$inferSelect, 'id' | 'url' | 'eventTypes' | 'enabled' | 'createdAt'>): Webhook => ({
  ...{ id, url, eventTypes, enabled },
  createdAt: createdAt.toISOString(),
})
