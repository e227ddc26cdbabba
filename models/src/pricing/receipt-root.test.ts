import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { ReceiptProof, ReceiptRoot } from '@fairmile/contract/receipt.ts'
import { inclusionPath, receiptLeaf, toHex } from './merkle.ts'
import { checkExample, issuerExample } from './pricing-example.ts'
import { issueRoot, rootHash, verifyProof, verifyRoots } from './receipt-root.ts'

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const hashBytes = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const issuer = issuerExample(hash)
const known = { hash, hashBytes, checkSignature: checkExample(hash), keys: [issuer] }
const receipts = ['a', 'b', 'c'].map((id) => ({
  ...{ id, salt: hash(`${id} salt`).slice(0, 32), hash: hash(id) },
  issuedAt: Date.UTC(2026, 5, 2, 23, 59),
}))
const first = issueRoot({ day: '2026-06-01', receipts: [], previous: null, issuer, hash, hashBytes })
const day = { receipts, previous: rootHash(first, hash), issuer, hash, hashBytes }
const second = issueRoot({ ...day, day: '2026-06-02' })
const leaves = receipts.map(({ salt, hash }) => receiptLeaf(salt, hash, hashBytes))
const proof: ReceiptProof = {
  ...{ receiptId: 'b', index: 1, path: inclusionPath(leaves, 1, hashBytes).map(toHex), record: second },
}
const [a, b] = receipts as [(typeof receipts)[0], (typeof receipts)[0]]

test('verifyProof finds a receipt in its day, and names what differs', () => {
  assert.equal(verifyProof(b, proof, known), null)
  assert.equal(verifyProof(a, proof, known)?.step, 'receipt of the proof')
  assert.equal(verifyProof({ ...b, hash: a.hash }, proof, known)?.step, 'root of 2026-06-02')
  assert.equal(verifyProof({ ...b, salt: a.salt }, proof, known)?.step, 'root of 2026-06-02')
  const forged = { ...second, day: '2026-06-03' }
  assert.equal(verifyProof(b, { ...proof, record: forged }, known)?.step, 'root of 2026-06-03: signature')
  assert.equal(
    verifyProof(b, proof, { ...known, keys: [issuerExample(hash, 'other')] })?.step,
    'root of 2026-06-02: issuer',
  )
  assert.equal(verifyProof(b, { receiptId: 'b' } as ReceiptProof, known)?.step, 'proof')
})

test('verifyRoots finds a day that was left out or made anew', () => {
  const third = issueRoot({ ...day, day: '2026-06-03', previous: rootHash(second, hash) })
  assert.equal(verifyRoots([first, second, third], known), null)
  assert.equal(verifyRoots([first, third], known)?.step, 'root of 2026-06-03: previous')
  const anew = issueRoot({ ...day, day: '2026-06-02', receipts: receipts.slice(1) })
  assert.equal(verifyRoots([first, anew, third], known)?.step, 'root of 2026-06-03: previous')
})

test('no text of a forged root passes for its signature, whatever words a check has for what it expects', () => {
  const { keyId, publicKey } = issuer
  const texts = [`Ed25519 of the record by the key ${keyId}`, `${hash('a')}${hash('b')}`, hash('a'), '']
  for (const signature of texts) {
    const forged: ReceiptRoot = { ...second, issuer: { keyId, publicKey }, signature }
    assert.match(verifyRoots([forged], known)?.step ?? '', /signature$/)
    assert.match(verifyProof(b, { ...proof, record: forged }, known)?.step ?? '', /signature$/)
  }
  const words = 'a signature of 128 and a key of 64 lower-case hex digits'
  const { checkSignature: _, ...unable } = known
  assert.match(verifyRoots([{ ...second, signature: words }], unable)?.step ?? '', /form of the signature$/)
  const short = issueRoot({ ...day, issuer: { ...issuer, publicKey: 'ab', keyId: hash('ab').slice(0, 16) }, day: 'x' })
  assert.equal(verifyRoots([short], { ...known, keys: [short.issuer] })?.step, 'root of x: form of the signature')
})

test('verifyProof takes no root of a day before the receipt was issued, and one of a later day', () => {
  assert.equal(verifyProof({ ...b, issuedAt: Date.UTC(2026, 5, 1) }, proof, known), null)
  assert.equal(verifyProof({ ...b, issuedAt: Date.UTC(2026, 5, 3) }, proof, known)?.step, 'day of the proof')
  const late = issueRoot({ ...day, day: 'the day of issue' })
  assert.equal(verifyProof(b, { ...proof, record: late }, known)?.step, 'day of the proof')
})

test('verifyProof takes no root that no way leads to', () => {
  const nowhere = { ...second, root: null as unknown as string }
  assert.equal(verifyProof(b, { ...proof, index: 9, record: nowhere }, known)?.step, 'root of 2026-06-02')
})
