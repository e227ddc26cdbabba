import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import type { Told } from '@fairmile/contract/http/notifications.ts'
import { and, desc, eq, gt, inArray, lt, ne, or, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { notifications } from '../db/schema/notifications.ts'
import { policies } from '../db/schema/people.ts'
import { premiums, receipts } from '../db/schema/pricing.ts'

/** Share by which a month's price has to differ from what was told last, parts per million: each trip moves it a little. */
const leastChangePpm = 100_000
const dayMs = 86_400_000
const { premiumMinor, monthMinor, billedUntil } = premiums
const price = { premiumMinor, monthMinor, billedUntil }

type PremiumUpdated = StoredDomainEvent<'PremiumUpdated'>['data']

/**
 * Tells of the first premium, of a bill, and of a month's price that is clearly another than the driver was told: that the term costs more after
 * each trip is no news. A policy that follows another goes on from what was told of that one; what has cost nothing yet is not told.
 */
export async function tellOfPremium(tx: Database, data: PremiumUpdated): Promise<(Told & { driverId: string }) | null> {
  const { driverId, policyId, version, receiptId, currency } = data
  const ofPolicy = eq(premiums.policyId, policyId)
  const [now] = await tx
    .select(price)
    .from(premiums)
    .where(and(ofPolicy, eq(premiums.version, version)))
  if (!now || now.premiumMinor === 0) return null
  const [previous] = await tx
    .select(price)
    .from(premiums)
    .where(and(ofPolicy, lt(premiums.version, version)))
    .orderBy(desc(premiums.version))
    .limit(1)
  const billed = now.billedUntil !== null && now.billedUntil > (previous?.billedUntil ?? '') ? now.billedUntil : null
  const before = await toldBefore(tx, data)
  if (before && !billed && !isOther(now.monthMinor, before.monthMinor)) return null
  return {
    ...{ driverId, kind: 'premium_updated' },
    data: {
      ...{ policyId, receiptId, currency, premiumMinor: now.premiumMinor, beforeMinor: before?.premiumMinor ?? null },
      ...{ payableMinor: await payableOf(tx, receiptId) },
      ...{ monthMinor: now.monthMinor, beforeMonthMinor: before?.monthMinor ?? null },
      billedTo: billed && new Date(Date.parse(billed) - dayMs).toISOString().slice(0, 10),
    },
  }
}

const isOther = (month: number, before: number): boolean =>
  month !== before && Math.abs(month - before) * 1e6 >= before * leastChangePpm

/** The premium that was told last of a policy, or of those it follows; where nothing told is kept, the one before. */
async function toldBefore(tx: Database, { driverId, policyId, version }: PremiumUpdated) {
  const ofThese = inArray(premiums.policyId, await chainOf(tx, policyId))
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

/** What the term costs to date with fees and taxes, as its receipt says; null where the plan has none. */
async function payableOf(tx: Database, receiptId: string): Promise<number | null> {
  const [row] = await tx
    .select({
      payable: sql<
        string | null
      >`jsonb_path_query_first(${receipts.body}::jsonb, '$.steps[*] ? (@.name == "payable").value')::text`,
    })
    .from(receipts)
    .where(eq(receipts.id, receiptId))
  return row?.payable ? Number(row.payable) : null
}
