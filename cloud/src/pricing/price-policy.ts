import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import type { ReceiptRuling, ReceiptTrip, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { totalStatistics } from '@fairmile/models/pricing/exposure.ts'
import { ratingTerms } from '@fairmile/models/pricing/rating-terms.ts'
import {
  type IssuedReceipt,
  type Issuer,
  issueReceipt,
  judge,
  type PricingModel,
} from '@fairmile/models/pricing/receipt.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { desc, eq } from 'drizzle-orm'
import type { Transaction } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { premiums, receipts } from '../db/schema/pricing.ts'
import { recordDomainEvent } from '../events/outbox.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { tripsOfPolicy } from '../trips/ended-trips.ts'
import { readLedger, writeEntries } from './ledger-entries.ts'
import { outdatedFollowers } from './outdated-followers.ts'
import { createIssuer } from './receipt-issuer.ts'
import { storeTexts } from './receipt-text.ts'
import { restsOn } from './rests-on.ts'
import { termInputs } from './term-inputs.ts'
import { termOf } from './term-of.ts'
import { tripsInTerm } from './trips-in-term.ts'

export type LiveModel = PricingModel & { readonly infer: Infer }

/** What policies are priced with. */
export interface PricingOptions {
  /** The model that counts, or who says which it is now. */
  readonly model: LiveModel | ((tx: Transaction) => Promise<LiveModel>)
  readonly plans: PlanSource
  /** Who signs receipts. @default a key of this process that is not published */
  readonly issuer?: Issuer | undefined
  /** Events that rulings and exclusions took out of these trips. @default none */
  readonly rulings?: ((tx: Transaction, trips: readonly ReceiptTrip[]) => Promise<ReceiptRuling[]>) | undefined
  /** Told of trips of a policy that began outside of its term: it does not pay for them. */
  readonly leftOut?: ((policyId: string, tripIds: readonly string[]) => void) | undefined
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number
  /** 16 random bytes, hex. */
  readonly salt?: () => string
}

/** Why a policy is priced. */
export interface PricingCause {
  /** Unlike that of any other: `event 12`, `period 2026-07-01`, `change 3`. */
  cause: string
  /** The domain event, where one asked for it. */
  event?: StoredDomainEvent | undefined
  /** End of a period that is billed with it, UTC epoch milliseconds. @default no period is billed */
  billThrough?: number | undefined
}

/** Prices policies with the same means. */
export type PricePolicy = (tx: Transaction, policyId: string, cause: PricingCause) => Promise<IssuedReceipt>

export type PolicyRow = typeof policies.$inferSelect

/**
 * Locks a policy until the transaction ends: of all who price, bill and change it one is at work.
 *
 * @param strength `update` also waits for whoever gives it trips (`holdPolicies`): to end it early
 * @throws where there is none
 */
export async function lockPolicy(
  tx: Transaction,
  policyId: string,
  strength: 'update' | 'no key update' = 'no key update',
): Promise<PolicyRow> {
  const [policy] = await tx.select().from(policies).where(eq(policies.id, policyId)).for(strength)
  if (!policy) throw new Error(`Pricing policy "${policyId}": there is no such policy`)
  return policy
}

/**
 * Makes what prices a policy's term to date: a signed receipt, the entries that continue its ledger, a version of its premium, and
 * PremiumUpdated, all in the transaction given. Policies that go on from it are priced after it, where that changes what they start from.
 */
export function createPricePolicy(options: PricingOptions): PricePolicy {
  const { plans, now = Date.now, issuer = createIssuer(), salt = drawSalt } = options
  const price: PricePolicy = async (tx, policyId, cause) => {
    const policy = await lockPolicy(tx, policyId)
    const plan = await plans.get(policy.planId, tx)
    if (!plan) throw new Error(`Pricing policy "${policyId}": there is no rating plan "${policy.planId}"`)
    const model = typeof options.model === 'function' ? await options.model(tx) : options.model
    const { within: trips, outside } = tripsInTerm(await tripsOfPolicy(tx, policyId), termOf(policy))
    if (outside.length > 0) options.leftOut?.(policyId, outside)
    const row = Float32Array.from(
      judge(trips, model, ratingTerms(plan, policy.rated).hidden).features,
      ({ value }) => value ?? Number.NaN,
    )
    const [inferredMargin] = await model.infer(row, 1)
    const { entries, balanceMinor } = await readLedger(tx, policyId)
    const issued = issueReceipt({
      ...{ model, hash: sha256, issuer, salt: salt(), issuedAt: now() },
      ...{ ...(await termInputs(tx, policy, plan)), driverId: policy.driverId, policyId, trips },
      rulings: (await options.rulings?.(tx, trips)) ?? [],
      ledger: { ...billedOf(policy, cause), entries },
      ...(inferredMargin !== undefined && { inferredMargin }),
    })
    const correlationId = cause.event?.correlationId ?? randomUUID()
    const recordedAt = new Date(issued.receipt.issuedAt)
    const version = await storeReceipt(tx, issued, cause)
    await writeEntries(tx, issued.receipt, { balanceMinor, cause: cause.cause, correlationId, recordedAt })
    const billedUntil = dayOf(issued.receipt.ledger.billedThrough)
    if (billedUntil !== policy.billedUntil)
      await tx.update(policies).set({ billedUntil }).where(eq(policies.id, policyId))
    const { id: receiptId, driverId, premiumMinor, currency } = issued.receipt
    const { discountPpm } = issued.premium
    await recordDomainEvent(
      tx,
      {
        type: 'PremiumUpdated',
        subject: driverId,
        data: { driverId, policyId, version, receiptId, premiumMinor, currency, discountPpm },
      },
      { at: recordedAt, correlationId, ...(cause.event && { cause: cause.event }) },
    )
    for (const follower of await outdatedFollowers(tx, plans, policy))
      await price(tx, follower, { cause: `start of ${receiptId}`, event: cause.event })
    return issued
  }
  return price
}

/** How far a policy is billed before and after a receipt: no further than its term goes, which may have been cut short. */
function billedOf(policy: PolicyRow, { billThrough }: PricingCause): Omit<ReceiptV2['ledger'], 'entries'> {
  const billedThroughBefore = policy.billedUntil === null ? null : Date.parse(policy.billedUntil)
  const { endsAt } = termOf(policy)
  const kept = billedThroughBefore === null ? null : Math.min(billedThroughBefore, endsAt)
  const isCut = kept !== billedThroughBefore
  const cut = policy.state === 'endorsed' ? 'endorsement' : 'cancellation'
  const returns = isCut ? cut : 'refund'
  return { billedThroughBefore, billedThrough: billThrough ?? kept, returns }
}

/** Keeps a receipt and the version of the premium that it tells; gives the version's number. */
async function storeReceipt(
  tx: Transaction,
  { receipt, body, premium, state }: IssuedReceipt,
  { event }: PricingCause,
): Promise<number> {
  const { id: receiptId, policyId, driverId, plan, salt } = receipt
  const calculatedAt = new Date(receipt.issuedAt)
  const { premiumMinor, monthMinor, beforeDiscountMinor, relativityPpm, credibilityPpm, cleanSharePpm, discountPpm } =
    premium
  const [newest] = await tx
    .select({ version: premiums.version })
    .from(premiums)
    .where(eq(premiums.policyId, policyId))
    .orderBy(desc(premiums.version))
    .limit(1)
  const version = (newest?.version ?? 0) + 1
  const text = await storeTexts(tx, { policyId, body, trips: receipt.trips })
  await tx
    .insert(receipts)
    .values({ id: receiptId, policyId, driverId, issuedAt: calculatedAt, ...text, hash: sha256(body), salt })
  await tx.insert(premiums).values({
    ...{ policyId, version, eventId: event?.id ?? null, driverId, receiptId, calculatedAt },
    ...{ planId: plan.id, currency: receipt.currency, termDays: receipt.term.days },
    ...{
      premiumMinor,
      payableMinor: payableOf(receipt),
      monthMinor,
      beforeDiscountMinor,
      heldBackMinor: premium.heldBackMinor,
      discountPpm,
      maxDiscountPpm: premium.maxDiscountPpm,
    },
    ...{ cleanSharePpm, credibilityPpm, relativityPpm },
    exposureKm: totalStatistics(receipt.trips).distanceM / 1000,
    ...(await restsOn(tx, policyId)),
    ...{ ...state, billedUntil: dayOf(receipt.ledger.billedThrough) },
  })
  return version
}

/** What the term costs with fees and taxes; null where the plan has none. */
const payableOf = ({ steps }: ReceiptV2): number | null => steps.find(({ name }) => name === 'payable')?.value ?? null
const dayOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString().slice(0, 10))
const drawSalt = (): string => randomBytes(16).toString('hex')
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
