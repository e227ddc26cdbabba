import { readFileSync } from 'node:fs'
import { ReceiptKeys } from '@fairmile/contract/http/receipt-roots.ts'
import type { IssuerKey, Receipt, ReceiptProof } from '@fairmile/contract/receipt.ts'

/** A receipt of a file. @throws Error that names the file where it holds none */
export function readReceipt(path: string): Receipt {
  const value = parse(readFileSync(path, 'utf8'), path)
  if (!isReceipt(value)) throw new Error(`reading "${path}": this JSON is no receipt, it has no model.modelHash`)
  return value
}

/** Whether a value is like a receipt; whether it is right is for `verifyReceipt`. */
export function isReceipt(value: unknown): value is Receipt {
  return typeof (value as Partial<Receipt> | null)?.model?.modelHash === 'string'
}

/** A proof of a file. @throws Error that names the file where it holds no object */
export function readProof(path: string): ReceiptProof {
  const value = parse(readFileSync(path, 'utf8'), path)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`reading "${path}": this JSON is no proof, it is not an object`)
  return value as ReceiptProof
}

/** The published keys that a text lists. @throws Error that names its source where it lists none */
export function parseKeys(text: string, source: string): IssuerKey[] {
  const { success, data, error } = ReceiptKeys.safeParse(parse(text, source))
  if (success) return data.keys
  const [issue] = error.issues
  const at = issue?.path.join('.') || 'the whole'
  throw new Error(`reading "${source}": this is no list of published keys: ${at}: ${issue?.message}`)
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`reading "${path}": ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}
