import { verify as verifySignature } from '@fairmile/contract/chain.ts'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { IssuerKey, Receipt, ReceiptProof } from '@fairmile/contract/receipt.ts'
import { canonicalJson } from '../src/canonical-json.ts'
import type { PublishedThresholds } from '../src/events/thresholds.ts'
import { type PricingModel, sealOf } from '../src/pricing/receipt.ts'
import { verifyProof } from '../src/pricing/receipt-root.ts'
import { type Difference, type Verdict, verifyReceipt } from '../src/pricing/verify.ts'
import { sha256, sha256Bytes } from './artifacts.ts'
import { isReceipt } from './believed-files.ts'

/** What a receipt's file is checked with. */
export interface KnownHere {
  /** The model with that hash; null where it is not here. */
  findModel: (modelHash: string) => PricingModel | null
  plans: readonly RatingPlan[]
  /** @default the newest table alone */
  thresholds?: readonly PublishedThresholds[] | undefined
  before: readonly Receipt[]
  keys: readonly IssuerKey[] | null
  /** That it is in its day's tree. @default not checked */
  proof?: ReceiptProof | undefined
}

/** A receipt's file with what was found; the receipt is null where the file holds none. */
export interface Checked {
  receipt: Receipt | null
  verdict: Verdict
}

/**
 * Checks the bytes of a receipt's file: any other byte than those that were issued is found.
 *
 * @throws Error where all is whole but its model is not here
 */
export function checkText(bytes: Uint8Array, { findModel, proof, ...known }: KnownHere): Checked {
  const text = Buffer.from(bytes).toString('utf8')
  const receipt = read(text)
  if ('step' in receipt) return { receipt: null, verdict: { ok: false, differs: receipt } }
  const { modelHash } = receipt.model
  const model = findModel(modelHash)
  if (!model) {
    if (safeSeal(receipt) === receipt.seal) throw new Error(`no artifact has the model ${modelHash}`)
    const differs = { step: 'model hash', expected: 'that of a model which exists', found: modelHash }
    return { receipt, verdict: { ok: false, differs } }
  }
  const verdict = verifyReceipt(receipt, { ...known, model, hash: sha256, checkSignature })
  if ('differs' in verdict) return { receipt, verdict }
  const differs =
    textDifference(receipt, text) ?? (proof === undefined ? null : proofDifference(receipt, proof, known.keys, text))
  return { receipt, verdict: differs ? { ok: false, differs } : verdict }
}

/** Whether an Ed25519 signature (hex) of a text is of that public key (hex). */
function checkSignature(text: string, signature: string, publicKey: string): boolean {
  const key = Buffer.from(publicKey, 'hex').toString('base64url')
  return verifySignature(Buffer.from(text, 'utf8'), Buffer.from(signature, 'hex'), key)
}

/** A receipt of a text, or why it is none. */
function read(text: string): Receipt | Difference {
  const none = (found: string): Difference => ({ step: 'form', expected: 'a receipt as JSON', found })
  try {
    const value: unknown = JSON.parse(text)
    return isReceipt(value) ? value : none('this JSON is no receipt, it has no model.modelHash')
  } catch (error) {
    return none(error instanceof Error ? error.message : String(error))
  }
}

/** Where the values are right but not written as they were issued: canonical JSON, with or without a line feed at the end. */
function textDifference(receipt: Receipt, text: string): Difference | null {
  const issued = canonicalJson(receipt)
  const file = text.endsWith('\n') ? text.slice(0, -1) : text
  if (file === issued) return null
  let at = 0
  while (at < issued.length && issued[at] === file[at]) at += 1
  if (at === issued.length)
    return {
      step: `text after character ${at}`,
      expected: 'the end of the file, or one line feed',
      found: JSON.stringify(text.slice(at, at + 40)),
    }
  const near = (of: string): string => of.slice(Math.max(0, at - 20), at + 20)
  return { step: `text at character ${at + 1}`, expected: near(issued), found: near(file) }
}

function proofDifference(
  receipt: Receipt,
  proof: ReceiptProof,
  keys: KnownHere['keys'],
  text: string,
): Difference | null {
  if (receipt.format === 'fairmile-receipt/1')
    return { step: 'proof', expected: 'a receipt of the second format', found: receipt.format }
  const { id, salt, issuedAt } = receipt
  const hash = sha256(text.endsWith('\n') ? text.slice(0, -1) : text)
  return verifyProof({ id, salt, issuedAt, hash }, proof, {
    hash: sha256,
    hashBytes: sha256Bytes,
    checkSignature,
    keys,
  })
}

function safeSeal(receipt: Receipt): string | null {
  try {
    return sealOf(receipt, sha256)
  } catch {
    return null // a value that JSON has no form for is no receipt's
  }
}
