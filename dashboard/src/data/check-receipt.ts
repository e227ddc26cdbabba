import type { Receipt } from '@fairmile/contract/receipt.ts'
import { canonicalJson, type Hash } from '@fairmile/models/canonical-json.ts'
import { exposureOf } from '@fairmile/models/pricing/exposure.ts'
import { computePremium } from '@fairmile/models/pricing/premium.ts'
import { planHash } from '@fairmile/models/pricing/rating-plan.ts'
import { type PricingModel, receiptId, sealOf } from '@fairmile/models/pricing/receipt.ts'
import { type Difference, verifyReceipt } from '@fairmile/models/pricing/verify.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** What came out of re-deriving a price here, in this browser. */
export type CheckResult =
  | { verdict: 'same'; checks: number }
  /** The model of the receipt is not at hand: all but its margin was re-derived. */
  | { verdict: 'same-without-model'; checks: number }
  | { verdict: 'differs'; differs: Difference }

/** SHA-256 of a text's UTF-8 bytes, hex: synchronous, and there without HTTPS, which `crypto.subtle` is not. */
export const sha256Hex: Hash = (text) => bytesToHex(sha256(utf8ToBytes(text)))

/**
 * Re-derives a receipt; with the model whole, without it from the margin that the receipt states.
 *
 * @param model null where the model that priced it is not published with these pages
 */
export function checkReceipt(receipt: Receipt, model: PricingModel | null): CheckResult {
  if (!model) return checkArithmetic(receipt)
  const verdict = verifyReceipt(receipt, { model, hash: sha256Hex })
  return verdict.ok ? { verdict: 'same', checks: verdict.steps } : { verdict: 'differs', differs: verdict.differs }
}

function checkArithmetic(receipt: Receipt): CheckResult {
  const { steps, premiumMinor } = computePremium({
    plan: receipt.plan,
    exposure: exposureOf(receipt.trips, receipt.plan),
    days: receipt.term.days,
    margin: receipt.margin,
    baseMargin: receipt.model.baseMargin,
    beforeMinor: receipt.before?.premiumMinor ?? 0,
  })
  const checks: [string, unknown, unknown][] = [
    ['plan hash', planHash(receipt.plan, sha256Hex), receipt.planHash],
    ...steps.map((step, index): [string, string, string] => [
      step.name,
      canonicalJson(step),
      canonicalJson(receipt.steps[index] ?? null),
    ]),
    ['premium in minor units', premiumMinor, receipt.premiumMinor],
    ['seal', sealOf(receipt, sha256Hex), receipt.seal],
    ['id', receiptId(receipt.seal), receipt.id],
  ]
  for (const [step, expected, found] of checks) {
    if (!Object.is(expected, found)) return { verdict: 'differs', differs: { step, expected, found } }
  }
  return { verdict: 'same-without-model', checks: checks.length }
}
