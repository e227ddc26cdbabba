import type { WhatIf } from '@fairmile/contract/http/what-if.ts'
import type { Receipt } from '@fairmile/contract/receipt.ts'
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
 * model.
 *
 * @throws ProblemError `validation` for a change that cannot be
 */
export function termWhatIf(receipt: Receipt, asked: AskedChange, model: PricingModel): WhatIf['price'] {
  const { after, tripsAfter } = changedRows(receipt.trips, asked, { model })
  const price = whatIfPrice({ receipt, model }, { row: after, trips: tripsAfter })
  return price && { policyId: receipt.policyId, planId: receipt.plan.id, ...price }
}
