import type { Receipt } from '@fairmile/contract/receipt.ts'
import type { Hash } from '@fairmile/models/canonical-json.ts'
import type { HashBytes } from '@fairmile/models/pricing/merkle.ts'
import { type Known, type Verdict, verifyReceipt } from '@fairmile/models/pricing/verify.ts'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** SHA-256 of a text's UTF-8 bytes, hex: synchronous, and there without HTTPS, which `crypto.subtle` is not. */
export const sha256Hex: Hash = (text) => bytesToHex(sha256(utf8ToBytes(text)))

/** SHA-256 of bytes. */
export const sha256Bytes: HashBytes = (bytes) => sha256(bytes)

/** Whether an Ed25519 signature (hex) of a text is of that public key (hex); false for what is no signature. */
export function checkSignature(text: string, signature: string, publicKey: string): boolean {
  try {
    return ed25519.verify(hexToBytes(signature), utf8ToBytes(text), hexToBytes(publicKey))
  } catch {
    return false // neither a point nor a number of the curve
  }
}

/** Re-derives a receipt in this browser, with what is published beside these pages. */
export const checkReceipt = (receipt: Receipt, known: Omit<Known, 'hash' | 'checkSignature'>): Verdict =>
  verifyReceipt(receipt, { ...known, hash: sha256Hex, checkSignature })
