import { createHash } from 'node:crypto'
import { generateKeyPair, publicKeyOf, sign } from '@fairmile/contract/chain.ts'
import { type Issuer, keyIdOf } from '@fairmile/models/pricing/receipt.ts'
import type { Database } from '../db/database.ts'
import { receiptKeys } from '../db/schema/ledger.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * An issuer that signs with a raw Ed25519 key in base64url.
 *
 * @default a key of its own that nobody publishes: its receipts prove that they are whole, not whose they are
 */
export function createIssuer(privateKey: string = generateKeyPair().privateKey): Issuer {
  const publicKey = Buffer.from(publicKeyOf(privateKey), 'base64url').toString('hex')
  const bytes = (text: string): Buffer => Buffer.from(text, 'utf8')
  return {
    publicKey,
    keyId: keyIdOf(publicKey, sha256),
    sign: (text) => sign(bytes(text), privateKey).toString('hex'),
  }
}

/** Publishes an issuer's key, beside all that were published before. */
export async function publishKey(db: Database, { keyId, publicKey }: Issuer, at: Date = new Date()): Promise<void> {
  await db.insert(receiptKeys).values({ keyId, publicKey, firstUsedAt: at }).onConflictDoNothing()
}
