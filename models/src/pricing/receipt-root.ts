import type { ReceiptProof, ReceiptRoot, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { canonicalJson, type Hash } from '../canonical-json.ts'
import { type Check, type Difference, differenceOf, isHex, type Known, needed } from './known.ts'
import { fromHex, type HashBytes, merkleRoot, receiptLeaf, rootOfPath, toHex } from './merkle.ts'
import { type Issuer, keyIdOf } from './receipt.ts'

/** What a day's record is made of. */
interface RootInput {
  /** UTC, YYYY-MM-DD. */
  day: string
  /** Salt and hash of the text of each receipt, hex, in their order. */
  receipts: readonly { salt: string; hash: string }[]
  /** Hash of the record of the day before; null for the first. */
  previous: string | null
  issuer: Issuer
  hash: Hash
  hashBytes: HashBytes
}

/** Makes the signed record of a day's receipts. */
export function issueRoot({ day, receipts, previous, issuer, hash, hashBytes }: RootInput): ReceiptRoot {
  const leaves = receipts.map(({ salt, hash }) => receiptLeaf(salt, hash, hashBytes))
  const content: Omit<ReceiptRoot, 'signature'> = {
    ...{ format: 'fairmile-receipt-root/1', day, leaves: leaves.length, root: toHex(merkleRoot(leaves, hashBytes)) },
    ...{ previous, issuer: { keyId: issuer.keyId, publicKey: issuer.publicKey } },
  }
  return { ...content, signature: issuer.sign(signedTextOfRoot(content, hash)) }
}

/** The hash by which the next day's record names one. */
export const rootHash = (record: Omit<ReceiptRoot, 'signature'>, hash: Hash): string =>
  hash(canonicalJson({ ...record, signature: undefined }))

const signedTextOfRoot = (record: Omit<ReceiptRoot, 'signature'>, hash: Hash): string =>
  `fairmile-receipt-root/1\n${rootHash(record, hash)}`

/** What of a receipt its proof is of. */
type ProvenReceipt = Pick<ReceiptV2, 'id' | 'salt' | 'issuedAt'> & { hash: string }

type KnownKeys = Pick<Known, 'checkSignature' | 'keys' | 'hash'>

/**
 * Checks that a receipt is in the tree of the day of its issue or of a later one, and who signed that day's root.
 *
 * @param receipt its id, salt, moment of issue (UTC epoch milliseconds) and the SHA-256 of its text, hex
 * @returns the first difference; null where there is none
 */
export function verifyProof(
  receipt: ProvenReceipt,
  proof: ReceiptProof,
  known: KnownKeys & { hashBytes: HashBytes },
): Difference | null {
  try {
    return firstDifference(proofChecks(receipt, proof, known))
  } catch (error) {
    return { step: 'proof', expected: 'a whole proof', found: String(error) }
  }
}

/** Checks a chain of records: each names the one before, and each is signed. @returns the first difference; null where there is none */
export function verifyRoots(records: readonly ReceiptRoot[], known: KnownKeys): Difference | null {
  function* all(): Generator<Check> {
    for (const [index, record] of records.entries()) {
      const before = records[index - 1]
      if (before)
        yield {
          step: `root of ${record.day}: previous`,
          expected: rootHash(before, known.hash),
          found: record.previous,
        }
      yield* signatureChecks(record, known)
    }
  }
  return firstDifference(all())
}

function* proofChecks(
  { id, salt, issuedAt, hash }: ProvenReceipt,
  { receiptId, index, path, record }: ReceiptProof,
  known: KnownKeys & { hashBytes: HashBytes },
): Generator<Check> {
  yield { step: 'receipt of the proof', expected: id, found: receiptId }
  const issuedOn = new Date(issuedAt).toISOString().slice(0, 10)
  yield needed('day of the proof', /^\d{4}-\d\d-\d\d$/.test(record.day) && record.day >= issuedOn, {
    expected: `the day of issue (UTC) or a later one: ${issuedOn}`,
    found: String(record.day),
  })
  const { hashBytes } = known
  const leaf = receiptLeaf(salt, hash, hashBytes)
  const root = rootOfPath({ leaf, index, size: record.leaves, path: path.map(fromHex) }, hashBytes)
  yield needed(`root of ${record.day}`, root !== null && toHex(root) === record.root, {
    expected: root ? toHex(root) : 'a way that fits the size of the tree',
    found: String(record.root),
  })
  yield* signatureChecks(record, known)
}

function* signatureChecks(record: ReceiptRoot, { checkSignature, keys, hash }: KnownKeys): Generator<Check> {
  const { day, issuer, signature } = record
  const { keyId, publicKey } = issuer
  yield { step: `root of ${day}: id of the key`, expected: keyIdOf(publicKey, hash), found: keyId }
  yield needed(`root of ${day}: form of the signature`, isHex(signature, 128) && isHex(publicKey, 64), {
    expected: 'a signature of 128 and a key of 64 lower-case hex digits',
    found: `${signature} by ${publicKey}`,
  })
  if (checkSignature)
    yield needed(`root of ${day}: signature`, checkSignature(signedTextOfRoot(record, hash), signature, publicKey), {
      expected: `Ed25519 of the record by the key ${keyId}`,
      found: signature,
    })
  if (keys)
    yield needed(
      `root of ${day}: issuer`,
      keys.some((key) => key.keyId === keyId && key.publicKey === publicKey),
      {
        expected: `a published key: ${keys.map((key) => key.keyId).join(', ')}`,
        found: `not published: ${keyId}`,
      },
    )
}

function firstDifference(all: Iterable<Check>): Difference | null {
  for (const check of all) {
    const differs = differenceOf(check)
    if (differs) return differs
  }
  return null
}
