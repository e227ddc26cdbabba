import { createHash } from 'node:crypto'
import { totalStatistics } from '@fairmile/models/pricing/exposure.ts'
import { ratingTerms } from '@fairmile/models/pricing/rating-terms.ts'
import { issueReceipt, judge, type PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { desc, eq } from 'drizzle-orm'
import type { Transaction } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { premiums, receipts } from '../db/schema/pricing.ts'
import type { Handler } from '../events/consumers.ts'
import { recordDomainEvent } from '../events/outbox.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { tripsOfPolicy } from '../trips/ended-trips.ts'
import { droveOn, restsOn, versionsOfPolicy } from './drove-on.ts'
import { renewedFrom } from './renewed-from.ts'

const dayMs = 86_400_000

type LiveModel = PricingModel & { readonly infer: Infer }

interface PricingOptions {
  /** The model that counts, or who says which it is now. */
  readonly model: LiveModel | ((tx: Transaction) => Promise<LiveModel>)
  readonly plans: PlanSource
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number
}

/** Prices the policy term to date anew after each score: receipt, premium, PremiumUpdated. */
export function createPricingConsumer({ model: given, plans, now = Date.now }: PricingOptions): Handler {
  return async (tx, event) => {
    if (event.type !== 'RiskScoreCalculated') return
    const { policyId } = event.data
    const [policy] = await tx.select().from(policies).where(eq(policies.id, policyId))
    if (!policy) throw new Error(`Pricing policy "${policyId}": there is no such policy`)
    const plan = await plans.get(policy.planId, tx)
    if (!plan) throw new Error(`Pricing policy "${policyId}": there is no rating plan "${policy.planId}"`)

    const model = typeof given === 'function' ? await given(tx) : given
    const trips = await tripsOfPolicy(tx, policyId)
    const row = Float32Array.from(
      judge(trips, model, ratingTerms(plan, policy.rated).hidden).features,
      ({ value }) => value ?? Number.NaN,
    )
    const [inferredMargin] = await model.infer(row, 1)
    const newest = await newestOf(tx, policyId)
    const versions = await versionsOfPolicy(tx, policyId)
    const before = newest && droveOn(newest, versions) ? newest : null
    const issuedAt = now()
    const { receipt, body, premium } = issueReceipt({
      plan,
      model,
      hash: sha256,
      issuedAt,
      driverId: policy.driverId,
      policyId,
      term: { startsAt: Date.parse(policy.startsOn), endsAt: Date.parse(policy.endsOn) + dayMs },
      trips,
      ...(plan.format === 2 && { rated: policy.rated, renewedFrom: await renewedFrom(tx, policy) }),
      before: before && { receiptId: before.receiptId, premiumMinor: before.premiumMinor },
      ...(inferredMargin !== undefined && { inferredMargin }),
    })

    const { id: receiptId, driverId, currency } = receipt
    const calculatedAt = new Date(issuedAt)
    const version = (newest?.version ?? 0) + 1
    const { premiumMinor, monthMinor, beforeDiscountMinor, relativityPpm, credibilityPpm, cleanSharePpm, discountPpm } =
      premium
    await tx
      .insert(receipts)
      .values({ id: receiptId, policyId, driverId, issuedAt: calculatedAt, body, hash: sha256(body) })
    await tx.insert(premiums).values({
      policyId,
      version,
      eventId: event.id,
      driverId,
      receiptId,
      calculatedAt,
      planId: plan.id,
      currency,
      termDays: receipt.term.days,
      premiumMinor,
      monthMinor,
      beforeDiscountMinor,
      discountPpm,
      maxDiscountPpm: premium.maxDiscountPpm,
      cleanSharePpm,
      credibilityPpm,
      relativityPpm,
      exposureKm: totalStatistics(trips).distanceM / 1000,
      ...restsOn(versions),
    })
    await recordDomainEvent(
      tx,
      {
        type: 'PremiumUpdated',
        subject: driverId,
        data: { driverId, policyId, version, receiptId, premiumMinor, currency, discountPpm },
      },
      { at: calculatedAt, cause: event },
    )
  }
}

async function newestOf(tx: Transaction, policyId: string) {
  const { version, receiptId, premiumMinor, trips, tripsHash } = premiums
  const [row] = await tx
    .select({ version, receiptId, premiumMinor, trips, tripsHash })
    .from(premiums)
    .where(eq(premiums.policyId, policyId))
    .orderBy(desc(version))
    .limit(1)
  return row ?? null
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
