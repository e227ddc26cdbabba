import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { and, desc, eq, lt } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { notifications } from '../db/schema/notifications.ts'
import { premiums } from '../db/schema/pricing.ts'
import type { Handler } from '../events/consumers.ts'

/** Tells drivers on their pages of alerts, and of premiums that are another than before. */
export function createNotificationConsumer(): Handler {
  return async (tx, event) => {
    const words = await wordsOf(tx, event)
    if (!words) return
    await tx
      .insert(notifications)
      .values({ ...words, eventId: event.id, createdAt: event.time })
      .onConflictDoNothing({ target: notifications.eventId })
  }
}

/** What is to be told of an event; null where it concerns no driver, or changes nothing for them. */
async function wordsOf(tx: Database, event: StoredDomainEvent) {
  if (event.type === 'SafetyAlert') {
    const { driverId, alert } = event.data
    return driverId === null ? null : { driverId, kind: 'safety_alert' as const, data: alert }
  }
  if (event.type !== 'PremiumUpdated') return null
  const { driverId, policyId, version, receiptId, premiumMinor, currency } = event.data
  const [before] = await tx
    .select({ premiumMinor: premiums.premiumMinor })
    .from(premiums)
    .where(and(eq(premiums.policyId, policyId), lt(premiums.version, version)))
    .orderBy(desc(premiums.version))
    .limit(1)
  if (before?.premiumMinor === premiumMinor) return null
  const data = { policyId, receiptId, premiumMinor, beforeMinor: before?.premiumMinor ?? null, currency }
  return { driverId, kind: 'premium_updated' as const, data }
}
