import type { Receipt } from '@fairmile/contract/receipt.ts'
import type { Hash } from '@fairmile/models/canonical-json.ts'
import { type Known, type Verdict, verifyReceipt } from '@fairmile/models/pricing/verify.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** SHA-256 of a text's UTF-8 bytes, hex: synchronous, and there without HTTPS, which `crypto.subtle` is not. */
export const sha256Hex: Hash = (text) => bytesToHex(sha256(utf8ToBytes(text)))

/** Re-derives a receipt in this browser, with what is published beside these pages. */
export const checkReceipt = (receipt: Receipt, known: Omit<Known, 'hash'>): Verdict =>
  verifyReceipt(receipt, { ...known, hash: sha256Hex })
