import type { Handler } from '../events/consumers.ts'
import { createPricePolicy, type PricingOptions } from './price-policy.ts'

/** Prices the policy term to date anew after each score: receipt, ledger, premium, PremiumUpdated. */
export function createPricingConsumer(options: PricingOptions): Handler {
  const price = createPricePolicy(options)
  return async (tx, event) => {
    if (event.type !== 'RiskScoreCalculated') return
    await price(tx, event.data.policyId, { cause: `event ${event.id}`, event })
  }
}
