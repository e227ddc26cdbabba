import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openBatch, type SealGapOptions, sealGap } from './batch.ts'
import { BatchError } from './batch-error.ts'
import { generateKeyPair, sha256 } from './chain.ts'
import { type GapReason, gapReasons } from './gap.ts'
import { telematicsEvent } from './records.arbitrary.ts'

const keys = generateKeyPair()
const previousHash = sha256(Buffer.from('the batch before'))
const gap = { reason: 'no_room' as GapReason, at: 1_760_000_000_000, endHash: sha256(Buffer.from('the last one')) }
const seal = (more: Partial<SealGapOptions> = {}) =>
  sealGap({
    device: 'DEV-0001',
    boot: 7,
    lane: 'telematics',
    firstSeq: 61,
    lastSeq: 180,
    previousHash,
    privateKey: keys.privateKey,
    gap,
    kept: [],
    ...more,
  })
const refused = (code: BatchError['code']) => (error: unknown) => error instanceof BatchError && error.code === code

test('openBatch gives back a gap with the records that were kept, and says how many were not', () => {
  const places = fc.uniqueArray(fc.nat({ max: 119 }), { maxLength: 30 }).map((found) => found.sort((a, b) => a - b))
  fc.assert(
    fc.property(places, fc.array(telematicsEvent, { minLength: 30, maxLength: 30 }), (where, events) => {
      const kept = where.map((place, i) => ({ seq: 61 + place, ...events[i]! }))
      const opened = openBatch(seal({ kept }).bytes, keys)
      assert.deepEqual(opened.gap, { ...gap, dropped: 120 - kept.length })
      assert.deepEqual(opened.records, kept)
      assert.deepEqual([opened.firstSeq, opened.lastSeq, opened.previousHash], [61, 180, previousHash])
    }),
    { seed: 1, numRuns: 100 },
  )
})

test('openBatch gives back a gap of every lane and for every reason', () => {
  for (const lane of ['urgent', 'trips', 'telematics', 'raw'] as const)
    for (const reason of gapReasons) {
      const opened = openBatch(seal({ lane, gap: { ...gap, reason } }).bytes, keys)
      assert.deepEqual([opened.lane, opened.gap?.reason, opened.gap?.dropped], [lane, reason, 120])
    }
})

test('sealGap refuses records that are not of its range, twice the same, all of them, or of another lane', () => {
  const [event] = fc.sample(telematicsEvent, { seed: 2, numRuns: 1 })
  const at = (seq: number) => ({ seq, ...event! })
  for (const wrong of [[at(60)], [at(181)], [at(70), at(70)], [at(71), at(70)]])
    assert.throws(() => seal({ kept: wrong }), refused('bad_count'))
  assert.throws(() => seal({ firstSeq: 61, lastSeq: 61, kept: [at(61)] }), refused('bad_count'))
  assert.throws(() => seal({ lane: 'raw', kept: [at(70)] }), refused('bad_count'))
  assert.throws(() => seal({ lastSeq: 60 }), refused('bad_count'))
  assert.throws(() => seal({ lastSeq: 61 + 1000 }), refused('bad_count'))
})

test('openBatch refuses a gap with any bit flipped', () => {
  const { bytes } = seal()
  for (let bit = 0; bit < bytes.length * 8; bit += 3) {
    const changed = Buffer.from(bytes)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    assert.throws(() => openBatch(changed, keys), BatchError, `bit ${bit}`)
  }
})
