/** Batches that a device with a valid key could make to hurt the cloud. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { openBatch, sealBatch } from './batch.ts'
import { BatchError, type BatchErrorCode } from './batch-error.ts'
import { generateKeyPair, genesisHash, sign } from './chain.ts'
import { maxTracePoints } from './columns/trace.ts'
import { decodeEnvelope, type Envelope, encodeEnvelope, maxRawBytes, signedPart } from './envelope.ts'
import { payloadFor } from './payload.ts'
import { telematicsEvent, tripsRecord } from './records.arbitrary.ts'

const keys = generateKeyPair()
const payloadFingerprint = (lane: 'urgent' | 'trips' | 'telematics') => payloadFor(lane, [], 1).fingerprint
const good = sealBatch({
  device: 'DEV-0001',
  boot: 1,
  lane: 'telematics',
  firstSeq: 1,
  records: fc.sample(telematicsEvent, { seed: 1, numRuns: 3 }).map((event, i) => ({ seq: i + 1, ...event })),
  previousHash: genesisHash,
  privateKey: keys.privateKey,
})

function refuses(changes: Partial<Envelope>, code: BatchErrorCode, message = /./): void {
  const unsigned = encodeEnvelope({ ...decodeEnvelope(good.bytes), ...changes })
  const bytes = Buffer.concat([signedPart(unsigned), sign(signedPart(unsigned), keys.privateKey)])
  assert.throws(
    () => openBatch(bytes, keys),
    (error) => error instanceof BatchError && error.code === code && message.test(error.message),
  )
}

test('openBatch refuses a compression bomb by its declared size', () => {
  const bomb = zstdCompressSync(Buffer.alloc(64 * 1024 * 1024))
  assert.ok(bomb.length < 10_000)
  refuses({ codec: 'zstd', rawSize: 64 * 1024 * 1024, payload: bomb }, 'too_large')
})

test('openBatch stops a compression bomb at the size it declared', () => {
  const payload = zstdCompressSync(Buffer.alloc(64 * 1024 * 1024))
  const before = process.memoryUsage().arrayBuffers
  refuses({ codec: 'zstd', rawSize: 100, payload }, 'bad_payload')
  refuses({ codec: 'zstd', rawSize: 0, payload }, 'bad_payload')
  assert.ok(process.memoryUsage().arrayBuffers - before < 8 * maxRawBytes)
})

test('openBatch refuses a negative size, a wrong size and bytes that are not Zstandard', () => {
  refuses({ rawSize: -1 }, 'too_large')
  refuses({ rawSize: 5 }, 'bad_payload')
  refuses({ codec: 'zstd', payload: Buffer.from('not compressed') }, 'bad_payload')
})

test('openBatch refuses another number of records than the payload holds', () => {
  for (const count of [2, 4]) refuses({ count }, 'bad_payload')
  for (const count of [0, -1, 1001, 2 ** 31 - 1]) refuses({ count }, 'bad_count')
  refuses({ firstSeq: 0 }, 'bad_count')
  refuses({ firstSeq: 2 ** 52 }, 'malformed')
  refuses({ boot: -1 }, 'bad_count')
})

test('openBatch refuses a payload of another lane’s schema', () => {
  refuses({ lane: 'trips' }, 'unknown_schema')
  refuses({ lane: 'raw' }, 'unknown_schema')
  refuses({ payloadSchema: Buffer.alloc(8) }, 'unknown_schema')
})

test('openBatch refuses an array that claims more items than there are bytes', () => {
  // A driving event whose grade reasons claim 2^45 strings, three bytes before the end.
  const head = Buffer.from(`0202580254${'00'.repeat(13)}`, 'hex')
  const claim = Buffer.from('80808080808010000000', 'hex')
  const payload = Buffer.concat([head, claim])
  const schema = { lane: 'trips', payloadSchema: payloadFingerprint('trips'), codec: 'none', count: 1 } as const
  refuses({ ...schema, rawSize: payload.length, payload }, 'bad_payload', /an array of 35184372088832 items/)
})

test('openBatch refuses traces that unfold to more than a batch may hold', () => {
  const points = { length: maxTracePoints }
  const flat = Array.from(points, () => 0)
  const trace = { offsetMs: flat, speedMps: flat, aLong: flat, aLat: flat, lat: flat, lon: flat }
  const [record] = fc.sample(tripsRecord, { seed: 3, numRuns: 50 }).filter(({ type }) => type === 'event')
  assert.ok(record?.type === 'event')
  const one = payloadFor('trips', [], 1).encode(1, [{ ...record, event: { ...record.event, trace } }])
  const count = 40
  const raw = Buffer.concat(Array.from({ length: count }, () => one))
  const payload = zstdCompressSync(raw)
  assert.ok(payload.length < 4096)
  const schema = { lane: 'trips', payloadSchema: payloadFingerprint('trips'), codec: 'zstd', count } as const
  refuses({ ...schema, rawSize: raw.length, payload }, 'too_large', /65536 points/)
})

test('openBatch refuses arbitrary payloads with a BatchError and nothing else', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom('telematics' as const, 'trips' as const, 'urgent' as const),
      fc.integer({ min: 1, max: 1000 }),
      (raw, lane, count) => {
        const envelope = { ...decodeEnvelope(good.bytes), lane, count, payloadSchema: payloadFingerprint(lane) }
        const unsigned = encodeEnvelope({ ...envelope, rawSize: raw.length, payload: Buffer.from(raw) })
        const bytes = Buffer.concat([signedPart(unsigned), sign(signedPart(unsigned), keys.privateKey)])
        assert.throws(() => openBatch(bytes, keys), BatchError)
      },
    ),
    { seed: 2, numRuns: 300 },
  )
})
