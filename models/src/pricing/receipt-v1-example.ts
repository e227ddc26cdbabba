import type { ReceiptV1 } from '@fairmile/contract/receipt.ts'
import { canonicalJson } from '../canonical-json.ts'
import { coverageSlopes, portfolioMargin } from '../scoring/manifest.ts'
import { exposureOf, inOrder } from './exposure.ts'
import { computePremium, type Premium } from './premium.ts'
import { planHash } from './rating-plan.ts'
import { judge, type ReceiptInput, receiptId, sealOf, termDays } from './receipt.ts'

/** What receipts of the first format were made of. */
type ReceiptInputV1 = Omit<ReceiptInput, 'issuer' | 'salt' | 'rulings' | 'carried' | 'ledger'> & {
  before: ReceiptV1['before']
}

/** Issues a receipt of the first format, as it was until premiums had a ledger: for tests, since such receipts have to verify for ever. */
export function issueReceiptV1(input: ReceiptInputV1): { receipt: ReceiptV1; body: string; premium: Premium } {
  const { plan, model, hash, before } = input
  const trips = inOrder(input.trips)
  const { features, shapBase, margin } = judge(trips, model)
  const baseMargin = portfolioMargin(model.manifest)
  const slopes = coverageSlopes(model.manifest)
  const days = termDays(input.term, input.issuedAt)
  const premium = computePremium({
    arithmetic: 1,
    plan,
    exposure: exposureOf(trips, plan),
    days,
    margin,
    baseMargin,
    coverageSlopes: slopes,
    beforeMinor: before?.premiumMinor ?? 0,
  })
  const content: Omit<ReceiptV1, 'id' | 'seal'> = {
    format: 'fairmile-receipt/1',
    issuedAt: input.issuedAt,
    driverId: input.driverId,
    policyId: input.policyId,
    term: { ...input.term, days },
    planHash: planHash(plan, hash),
    plan,
    model: {
      name: model.manifest.name,
      version: model.manifest.version,
      featureVersion: model.manifest.featureVersion,
      modelHash: model.modelHash,
      manifestHash: model.manifestHash,
      baseMargin,
      ...(slopes && { coverageSlopes: slopes }),
    },
    trips,
    features,
    shapBase,
    margin,
    before,
    steps: premium.steps,
    currency: plan.currency,
    premiumMinor: premium.premiumMinor,
  }
  const seal = sealOf(content, hash)
  const receipt: ReceiptV1 = { ...content, id: receiptId(seal), seal }
  return { receipt, body: canonicalJson(receipt), premium }
}
