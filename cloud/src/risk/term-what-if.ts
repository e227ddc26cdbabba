import type { WhatIf } from '@fairmile/contract/http/what-if.ts'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import { ImpossibleChange } from '@fairmile/models/explain/what-if-changes.ts'
import { whatIfPrice } from '@fairmile/models/explain/what-if-price.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Database } from '../db/database.ts'
import { utcDay } from '../drivers/present-policy.ts'
import { getReceipt, newestPremium } from '../pricing/queries.ts'
import { type AskedChange, changedRows } from './what-if-rows.ts'

/** The newest receipt of a driver's present policy; null before the first premium. */
export async function presentReceipt(
  db: Database,
  { driverId, nowMs }: { driverId: string; nowMs: number },
): Promise<Receipt | null> {
  const premium = await newestPremium(db, driverId, { day: utcDay(nowMs) })
  const stored = premium && (await getReceipt(db, { driverId, receiptId: premium.receiptId }))
  return stored && (JSON.parse(stored.body) as Receipt)
}

/**
 * What the month of a receipt would cost, minor units: the trees' own margin is priced, as in every receipt. Null where the receipt is by another
 * model, and where what can be of the score's days cannot be of the term's.
 *
 * @param options.score the row of the score that the changes are asked of
 * @throws ProblemError `validation` for an event that is not in the term's trips
 */
export function termWhatIf(
  receipt: Receipt,
  asked: AskedChange,
  { model, score }: { model: PricingModel; score: Float32Array },
): WhatIf['price'] {
  try {
    const { after, tripsAfter } = changedRows(receipt.trips, asked, { model, score })
    const price = whatIfPrice({ receipt, model }, { row: after, trips: tripsAfter })
    return price && { policyId: receipt.policyId, planId: receipt.plan.id, ...price }
  } catch (error) {
    if (error instanceof ImpossibleChange) return null
    throw error
  }
}
