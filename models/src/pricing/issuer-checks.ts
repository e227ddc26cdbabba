import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { type Check, isHex, type Known, needed } from './known.ts'
import { keyIdOf, signedText } from './receipt.ts'

/** Who signed, as far as keys are at hand. */
export function* issuerChecks({ issuer, seal, signature }: ReceiptV2, known: Known): Generator<Check> {
  const { checkSignature, keys, hash } = known
  const { keyId, publicKey } = issuer
  yield { step: 'id of the key', expected: keyIdOf(publicKey, hash), found: keyId }
  yield needed('form of the signature', isHex(signature, 128) && isHex(publicKey, 64), {
    expected: 'a signature of 128 and a key of 64 lower-case hex digits',
    found: `${signature} by ${publicKey}`,
  })
  if (checkSignature)
    yield needed('signature', checkSignature(signedText(seal), signature, publicKey), {
      expected: `Ed25519 of this receipt's seal by the key ${keyId}`,
      found: signature,
    })
  if (keys)
    yield needed(
      'issuer',
      keys.some((key) => key.keyId === keyId && key.publicKey === publicKey),
      {
        expected: `a published key: ${keys.map((key) => key.keyId).join(', ')}`,
        found: `not published: ${keyId}`,
      },
    )
}
