import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { IssuerKey, Receipt } from '@fairmile/contract/receipt.ts'
import type { Hash } from '../canonical-json.ts'
import type { PublishedThresholds } from '../events/thresholds.ts'
import type { PricingModel } from './pricing-model.ts'

/** The first step of a receipt that differs from what it is re-derived to. */
export interface Difference {
  step: string
  expected: unknown
  found: unknown
}

/** What a receipt is checked with, all of it from elsewhere than the receipt. */
export interface Known {
  /** The artifact whose `model.json` has the receipt's hash; null where it is not at hand, and its margin is believed. */
  model: PricingModel | null
  /** The published plans. */
  plans: readonly RatingPlan[]
  /** The published tables of thresholds. @default the newest alone; what was judged by another is said to be unchecked */
  thresholds?: readonly PublishedThresholds[] | undefined
  /**
   * The receipts before, as many as are at hand: one that was left out shows only when it is given. Of the first format newest first: the one that
   * `before` names, the one that this one's names; of the second, in any order, those that `carried`, `renewedFrom` and `endorsementOf` name, the
   * newest of the policy that became this one, and of the same policy the one that the last earlier entry of the ledger names and any other.
   */
  before: readonly Receipt[]
  hash: Hash
  /** Whether an Ed25519 signature (hex) of a text's UTF-8 bytes is of that public key (hex). @default signatures are not checked */
  checkSignature?: ((text: string, signature: string, publicKey: string) => boolean) | undefined
  /** The keys that the issuer has published. @default not at hand, and the receipt's own key is believed */
  keys?: readonly IssuerKey[] | null | undefined
}

/** One thing that a receipt says and what it must be: `met` decides where it is given, else that both are equal. */
export interface Check extends Difference {
  met?: boolean
}

/** A check of a condition, which alone decides: `expected` and `found` are words for who reads it, and may be anything. */
export function needed(step: string, met: boolean, { expected, found }: { expected: string; found: string }): Check {
  return { step, expected, found, met }
}

/** What differs by a check; null where it is met. */
export function differenceOf({ step, expected, found, met = expected === found }: Check): Difference | null {
  return met ? null : { step, expected, found }
}

/** Whether a value is a text of that many lower-case hex digits. */
export function isHex(value: unknown, digits: number): boolean {
  return typeof value === 'string' && value.length === digits && /^[0-9a-f]*$/.test(value)
}
