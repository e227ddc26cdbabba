import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import type { Told } from '@fairmile/contract/http/notifications.ts'
import { and, desc, eq, gt, inArray, lt, ne, or, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { premiumEntries } from '../db/schema/ledger.ts'
import { notifications } from '../db/schema/notifications.ts'
import { policies } from '../db/schema/people.ts'
import { premiums } from '../db/schema/pricing.ts'

/** Share by which a month's price has to differ from what was told last, parts per million: each trip moves it a little. */
const leastChangePpm = 100_000
const dayMs = 86_400_000
const { premiumMinor, payableMinor, monthMinor, billedUntil } = premiums
const price = { premiumMinor, payableMinor, monthMinor, billedUntil }

type PremiumUpdated = StoredDomainEvent<'PremiumUpdated'>['data']

/**
 * Tells of the first premium, of a bill, of money that comes back as a policy ends early or trips are judged otherwise, and of a month's price that is clearly another than the
 * driver was told: that the term costs more after each trip is no news. A policy that follows another goes on from what was told of that one; what has cost nothing yet is not told.
 */
export async function tellOfPremium(tx: Database, data: PremiumUpdated): Promise<(Told & { driverId: string }) | null> {
  const { driverId, policyId, version, receiptId, currency } = data
  const ofPolicy = eq(premiums.policyId, policyId)
  const [now] = await tx
    .select(price)
    .from(premiums)
    .where(and(ofPolicy, eq(premiums.version, version)))
  const givenBackMinor = await backOf(tx, data, ['cancellation', 'endorsement'])
  const refundedMinor = await backOf(tx, data, ['refund'])
  const isBack = givenBackMinor !== null || refundedMinor !== null
  if (!now || (now.premiumMinor === 0 && !isBack)) return null
  const [previous] = await tx
    .select(price)
    .from(premiums)
    .where(and(ofPolicy, lt(premiums.version, version)))
    .orderBy(desc(premiums.version))
    .limit(1)
  const billed = now.billedUntil !== null && now.billedUntil > (previous?.billedUntil ?? '') ? now.billedUntil : null
  const before = await toldBefore(tx, data)
  if (before && !billed && !isBack && !isOther(now.monthMinor, before.monthMinor)) return null
  return {
    ...{ driverId, kind: 'premium_updated' },
    data: {
      ...{ policyId, receiptId, currency, premiumMinor: now.premiumMinor, beforeMinor: before?.premiumMinor ?? null },
      payableMinor: now.payableMinor,
      ...{ monthMinor: now.monthMinor, beforeMonthMinor: before?.monthMinor ?? null },
      ...{ givenBackMinor, refundedMinor },
      billedTo: billed && new Date(Date.parse(billed) - dayMs).toISOString().slice(0, 10),
    },
  }
}

const isOther = (month: number, before: number): boolean =>
  month !== before && Math.abs(month - before) * 1e6 >= before * leastChangePpm

/** The premium that was told last of a policy, or of those it follows; where nothing told is kept, the one before. */
async function toldBefore(tx: Database, { driverId, policyId, version, currency }: PremiumUpdated) {
  const ofThese = and(inArray(premiums.policyId, await chainOf(tx, policyId)), eq(premiums.currency, currency))
  // Also of an event that is handled again, when later ones were told.
  const isBefore = and(ofThese, or(ne(premiums.policyId, policyId), lt(premiums.version, version)))
  const [told] = await tx
    .select(price)
    .from(notifications)
    .innerJoin(premiums, and(isBefore, eq(premiums.receiptId, sql`${notifications.data}->>'receiptId'`)))
    .where(and(eq(notifications.driverId, driverId), eq(notifications.kind, 'premium_updated')))
    .orderBy(desc(notifications.id))
    .limit(1)
  if (told) return told
  const [last] = await tx
    .select(price)
    .from(premiums)
    .where(and(isBefore, gt(premiumMinor, 0)))
    .orderBy(desc(premiums.calculatedAt))
    .limit(1)
  return last ?? null
}

/** A policy and those that it follows. */
async function chainOf(tx: Database, policyId: string): Promise<string[]> {
  const ids: string[] = []
  for (let id: string | null = policyId; id !== null; ) {
    ids.push(id)
    const ofId = eq(policies.id, id)
    const [row]: { follows: string | null }[] = await tx
      .select({ follows: policies.follows })
      .from(policies)
      .where(ofId)
    id = row?.follows ?? null
  }
  return ids
}

type LedgerKind = typeof premiumEntries.$inferSelect.kind

/** What a receipt gave back of what was billed, by entries of these kinds; null where nothing. */
async function backOf(
  tx: Database,
  { policyId, receiptId }: PremiumUpdated,
  kinds: readonly LedgerKind[],
): Promise<number | null> {
  const { amountMinor, kind } = premiumEntries
  const ofReceipt = and(eq(premiumEntries.policyId, policyId), eq(premiumEntries.receiptId, receiptId))
  const entries = await tx
    .select({ amountMinor })
    .from(premiumEntries)
    .where(and(ofReceipt, inArray(kind, [...kinds])))
  return -entries.reduce((sum, entry) => sum + entry.amountMinor, 0) || null
}
