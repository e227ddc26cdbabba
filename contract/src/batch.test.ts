import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openBatch, openBatchByColumn, peekBatch, type SealOptions, sealBatch } from './batch.ts'
import { BatchError } from './batch-error.ts'
import { generateKeyPair, genesisHash, proofsOf, sha256 } from './chain.ts'
import { decodeRecord, type LaneRecords } from './codec.ts'
import { dequantize } from './columns/quantize.ts'
import { knownPayloads } from './payloads.ts'
import { rawChunk, telematicsEvent, tripsRecord, urgentRecord } from './records.arbitrary.ts'
import type { TelematicsEvent } from './telematics.ts'
import type { Lane } from './topics.ts'

const keys = generateKeyPair()
const proves = proofsOf(keys.publicKey)
const seal = <L extends Lane>(lane: L, records: LaneRecords[L][], more: Partial<SealOptions<L>> = {}) =>
  sealBatch<L>({
    device: 'DEV-0001',
    boot: 2 ** 51 + 3,
    lane,
    firstSeq: 7,
    records,
    previousHash: genesisHash,
    privateKey: keys.privateKey,
    ...more,
  })
const numbered = (events: Omit<TelematicsEvent, 'seq'>[]): TelematicsEvent[] =>
  events.map((event, i) => ({ seq: 7 + i, ...event }))
const refused = (code: BatchError['code']) => (error: unknown) => error instanceof BatchError && error.code === code

test('openBatch gives back every telematics record that sealBatch was given', () => {
  fc.assert(
    fc.property(fc.array(telematicsEvent, { minLength: 1, maxLength: 80 }), (events) => {
      const records = numbered(events)
      assert.deepEqual(openBatch(seal('telematics', records).bytes, keys).records, records)
    }),
    { seed: 1, numRuns: 100 },
  )
})

test('openBatch gives back every record of the trips, urgent and raw lanes', () => {
  fc.assert(
    fc.property(
      fc.array(tripsRecord, { minLength: 1, maxLength: 5 }),
      fc.array(urgentRecord, { minLength: 1, maxLength: 5 }),
      fc.array(rawChunk, { minLength: 1, maxLength: 5 }),
      (trips, urgent, raw) => {
        assert.deepEqual(openBatch(seal('raw', raw).bytes, keys).records, raw)
        assert.deepEqual(openBatch(seal('trips', trips).bytes, keys).records, trips)
        assert.deepEqual(openBatch(seal('urgent', urgent).bytes, keys).records, urgent)
      },
    ),
    { seed: 2, numRuns: 100 },
  )
})

test('openBatchByColumn gives the same telematics records, whatever is null in them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(telematicsEvent, { minLength: 1, maxLength: 80 }), async (events) => {
      const records = numbered(events)
      const opened = await openBatchByColumn(seal('telematics', records).bytes, { proves })
      assert.ok('columns' in opened)
      const rows = records.map((_, i) => opened.columns.map((column) => column[i] ?? null))
      assert.deepEqual(
        rows.map((steps, i) => dequantize(7 + i, steps)),
        records,
      )
    }),
    { seed: 1, numRuns: 50 },
  )
})

test('openBatchByColumn gives raw chunks packed, as encodeRecord has them', async () => {
  const chunks = fc.sample(rawChunk, { seed: 3, numRuns: 3 })
  const opened = await openBatchByColumn(seal('raw', chunks).bytes, { proves })
  assert.ok('chunks' in opened && !('records' in opened))
  assert.deepEqual(
    opened.chunks.map(({ at, bytes }) => [at, decodeRecord('raw', bytes)]),
    chunks.map((chunk) => [chunk.at, chunk]),
  )
})

test('openBatchByColumn gives records of the other lanes, and refuses what openBatch refuses', async () => {
  const urgent = fc.sample(urgentRecord, { seed: 3, numRuns: 3 })
  const opened = await openBatchByColumn(seal('urgent', urgent).bytes, { proves })
  assert.deepEqual('records' in opened && opened.records, urgent)
  const foreign = proofsOf(generateKeyPair().publicKey)
  await assert.rejects(openBatchByColumn(sealed.bytes, { proves: foreign }), refused('bad_signature'))
  await assert.rejects(openBatchByColumn(sealed.bytes.subarray(0, 90), { proves }), BatchError)
})

const records = numbered(fc.sample(telematicsEvent, { seed: 3, numRuns: 5 }))
const sealed = seal('telematics', records)

test('openBatch tells whose batch it is and the hash that the next one continues', () => {
  const { records: _, ...rest } = openBatch(sealed.bytes, keys)
  assert.deepEqual(rest, {
    device: 'DEV-0001',
    boot: 2 ** 51 + 3,
    lane: 'telematics',
    firstSeq: 7,
    lastSeq: 11,
    previousHash: genesisHash,
    hash: sha256(sealed.bytes),
    rawSize: 289,
    gap: null,
  })
  const next = seal('urgent', fc.sample(urgentRecord, { seed: 4, numRuns: 1 }), { previousHash: sealed.hash })
  assert.deepEqual(openBatch(next.bytes, keys).previousHash, sealed.hash)
})

test('openBatch reads a batch that lies inside a larger buffer', () => {
  const around = Buffer.concat([Buffer.alloc(3, 0xaa), sealed.bytes, Buffer.alloc(3, 0xbb)])
  assert.deepEqual(openBatch(around.subarray(3, 3 + sealed.bytes.length), keys).records, records)
})

test('openBatch refuses a batch cut at any byte, and one with a byte too many', () => {
  for (let length = 0; length < sealed.bytes.length; length++)
    assert.throws(() => openBatch(sealed.bytes.subarray(0, length), keys), BatchError, `cut at ${length}`)
  assert.throws(() => openBatch(Buffer.concat([sealed.bytes, Buffer.alloc(1)]), keys), refused('malformed'))
})

test('openBatch refuses a batch with any bit flipped', () => {
  for (let bit = 0; bit < sealed.bytes.length * 8; bit += 3) {
    const bytes = Buffer.from(sealed.bytes)
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    assert.throws(() => openBatch(bytes, keys), BatchError, `bit ${bit}`)
  }
})

test('openBatch refuses arbitrary bytes with a BatchError and nothing else', () => {
  const header = sealed.bytes.subarray(0, 10)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (body, headed) => {
      assert.throws(() => openBatch(headed ? Buffer.concat([header, body]) : body, keys), BatchError)
    }),
    { seed: 5, numRuns: 500 },
  )
})

test('openBatch refuses another device’s key', () => {
  assert.throws(() => openBatch(sealed.bytes, generateKeyPair()), refused('bad_signature'))
})

test('sealBatch says which version of the wire a reader needs, for a reader of any', () => {
  const [alert] = fc.sample(urgentRecord, { seed: 8, numRuns: 1 })
  const [chunk] = fc.sample(rawChunk, { seed: 8, numRuns: 1 })
  assert.equal(seal('urgent', [alert!], { wire: 1 }).wire, 1)
  assert.equal(seal('raw', [chunk!], { wire: 1 }).wire, 2)
})

test('sealBatch refuses no records, too many, and a gap in the sequence', () => {
  assert.throws(() => seal('telematics', []), refused('bad_count'))
  const many = Array.from({ length: 1001 }, () => records[0] as TelematicsEvent)
  assert.throws(() => seal('telematics', many), refused('bad_count'))
  assert.throws(() => seal('telematics', records, { firstSeq: 8 }), refused('bad_count'))
})

test('sealBatch refuses a batch that would be too large to send', () => {
  const large = fc.sample(tripsRecord, { seed: 6, numRuns: 1000 })
  assert.throws(() => seal('trips', large), refused('too_large'))
})

test('peekBatch tells whose batch it says it is, unproved', () => {
  const bytes = Buffer.from(sealed.bytes)
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
  const { payloadSchema, ...peeked } = peekBatch(bytes)
  assert.ok(knownPayloads.of('telematics', payloadSchema))
  assert.deepEqual(peeked, {
    device: 'DEV-0001',
    boot: 2 ** 51 + 3,
    lane: 'telematics',
    firstSeq: 7,
    count: 5,
    rawSize: openBatch(sealed.bytes, { publicKey: keys.publicKey }).rawSize,
  })
  assert.throws(() => peekBatch(Buffer.from('{"not":"ours"}')), refused('not_single_object'))
})
