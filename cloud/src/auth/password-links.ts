import { eq, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { notificationDeliveries } from '../db/schema/notification-deliveries.ts'
import { type PasswordLinkKind, passwordLinks } from '../db/schema/password-links.ts'
import { users } from '../db/schema/people.ts'
import { deliveriesChannel } from '../notify/deliveries-channel.ts'
import { dueAtOnce } from '../notify/due-at-once.ts'
import { hashOfToken, type LinkTokens } from './link-tokens.ts'

/** How long a link may be used, ms: an invitation may lie over a weekend away; who has forgotten a password waits for the mail. */
const lifetimesMs: Record<PasswordLinkKind, number> = { invitation: 7 * 86_400_000, reset: 3_600_000 }

/** What links are made with. */
export interface LinkMeans {
  readonly tokens: LinkTokens
  /** Wall clock, epoch ms. */
  readonly nowMs: number
}

/**
 * Records a mail with a new link by which a log-in's password is set: an invitation where it has none yet. The link before it is worth
 * nothing from then on.
 *
 * @param tx a transaction that has the row of the log-in locked, or has just written it
 */
export async function sendPasswordLink(
  tx: Database,
  { id: userId, passwordHash }: { id: string; passwordHash: string | null },
  { tokens, nowMs }: LinkMeans,
): Promise<void> {
  const kind = passwordHash === null ? 'invitation' : 'reset'
  const nonce = tokens.drawNonce()
  const createdAt = new Date(nowMs)
  await voidPasswordLink(tx, userId)
  const [link] = await tx
    .insert(passwordLinks)
    .values({
      ...{ userId, kind, nonce, createdAt, expiresAt: new Date(nowMs + lifetimesMs[kind]) },
      tokenHash: hashOfToken(tokens.tokenOf({ userId, nonce })),
    })
    .returning({ id: passwordLinks.id })
  await tx.insert(notificationDeliveries).values({
    ...{ channel: 'email', target: userId, passwordLinkId: link?.id ?? null, digest: false },
    ...{ state: 'ready', attempts: 0, nextAttemptAt: dueAtOnce(nowMs), createdAt },
  })
  await tx.execute(sql`SELECT pg_notify(${deliveriesChannel}, '')`)
}

/** Makes the link of a log-in worth nothing, where there is one; a mail with it that still waits is dropped. */
export async function voidPasswordLink(tx: Pick<Database, 'delete'>, userId: string): Promise<void> {
  await tx.delete(passwordLinks).where(eq(passwordLinks.userId, userId))
}

/** Why nobody was invited: there is no such log-in, it is disabled, or its owner has a password already. */
export type InviteRefusal = 'unknown' | 'disabled' | 'has-password'

/** Sends the invitation of a log-in anew. */
export function inviteAgain(db: Database, userId: string, means: LinkMeans): Promise<'sent' | InviteRefusal> {
  return db.transaction(async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.id, userId)).for('update')
    if (!user) return 'unknown'
    if (user.disabledAt !== null) return 'disabled'
    if (user.passwordHash !== null) return 'has-password'
    await sendPasswordLink(tx, user, means)
    return 'sent'
  })
}
