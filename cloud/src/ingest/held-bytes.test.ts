import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sealBatch } from '@fairmile/contract/batch.ts'
import { generateKeyPair, genesisHash, proofsOf } from '@fairmile/contract/chain.ts'
import type { LaneRecords } from '@fairmile/contract/codec.ts'
import { maxTracePoints } from '@fairmile/contract/columns/trace.ts'
import { decodeEnvelope, encodeEnvelope, maxBatchBytes, maxRawBytes } from '@fairmile/contract/envelope.ts'
import type { RawChunk } from '@fairmile/contract/raw-chunk.ts'
import { tripsRecord } from '@fairmile/contract/records.arbitrary.ts'
import { type Lane, logTopic, streams } from '@fairmile/contract/topics.ts'
import fc from 'fast-check'
import { heldBytes, unfoldedBytes } from './held-bytes.ts'
import { judge } from './judge.ts'

const id = 'DEV-1'
const keys = generateKeyPair()
const nowMs = Date.UTC(2026, 5, 15)
const judging = { devices: new Map([[id, { id, vehicleId: 'VEH-1', proves: proofsOf(keys.publicKey) }]]), nowMs }
const column = Array.from({ length: 8_192 }, (_, n) => n % 2)
const chunk: RawChunk = {
  at: nowMs,
  imu: { offsetMs: column.map((_, n) => n), ax: column, ay: column, az: column, gx: column, gy: column, gz: column },
  fixes: { offsetMs: [], lat: [], lon: [], altM: [], speedMps: [], courseDeg: [], hdop: [] },
}
const seal = <L extends Lane>(lane: L, records: LaneRecords[L][]) => {
  const { bytes } = sealBatch({
    ...{ device: id, boot: 1, lane, firstSeq: 1, records },
    ...{ previousHash: genesisHash, privateKey: keys.privateKey },
  })
  return { topic: logTopic(id, lane), payload: bytes }
}
const message = seal('raw', [chunk, chunk])
const bytes = message.payload

test('unfoldedBytes knows before judging what a small batch will hold after it at most', async () => {
  const judged = await judge(message, judging)
  assert.equal(judged.kind, 'accepted')
  assert.ok(unfoldedBytes(message) > 100 * bytes.length)
  assert.ok(unfoldedBytes(message) >= heldBytes(judged))
})

test('heldBytes and unfoldedBytes count the points of traces, which take nothing on the wire where they stand still', async () => {
  const points = Array.from({ length: maxTracePoints }, () => 0)
  const trace = { offsetMs: points, speedMps: points, aLong: points, aLat: points, lat: points, lon: points }
  const [drawn] = fc.sample(
    tripsRecord.filter((one) => one.type === 'event'),
    { seed: 1, numRuns: 1 },
  )
  assert.ok(drawn?.type === 'event')
  const event = { ...drawn.event, startAt: nowMs, endAt: nowMs, trace }
  const still = seal('trips', [{ type: 'event', event }])
  const judged = await judge(still, judging)
  assert.equal(judged.kind, 'accepted')
  assert.ok(heldBytes(judged) > 6 * 8 * maxTracePoints && still.payload.length < 1_000)
  assert.ok(unfoldedBytes(still) >= heldBytes(judged))
})

test('heldBytes of a batch of chunks is theirs, packed: a hundredth of their readings', async () => {
  const zeros = column.map(() => 0)
  const imu = { offsetMs: zeros, ax: zeros, ay: zeros, az: zeros, gx: zeros, gy: zeros, gz: zeros }
  const judged = await judge(seal('raw', [{ ...chunk, imu }]), judging)
  assert.equal(judged.kind, 'accepted')
  assert.ok(heldBytes(judged) < (7 * 8 * column.length) / 100)
})

test('heldBytes of what is larger than a batch may be is nothing once it is judged: the letter has its size alone', async () => {
  for (const [size, held] of [
    [maxBatchBytes, 3 * maxBatchBytes],
    [maxBatchBytes + 1, 0],
  ] as const) {
    const judged = await judge({ topic: message.topic, payload: Buffer.alloc(size) }, judging)
    assert.ok(judged.kind === 'rejected' && judged.sizeBytes === size)
    assert.equal(heldBytes(judged), held)
  }
})

test('unfoldedBytes takes no word of what will not be opened', () => {
  for (const rawSize of [-1, maxRawBytes + 1]) {
    const payload = encodeEnvelope({ ...decodeEnvelope(bytes), rawSize })
    assert.equal(unfoldedBytes({ topic: message.topic, payload }), payload.length)
  }
  assert.equal(unfoldedBytes({ topic: 'garbage', payload: Buffer.from('x') }), 1)
})

test('heldBytes counts a word as it came', async () => {
  const payload = Buffer.from(JSON.stringify({ online: true, at: nowMs, boot: 1, agentVersion: '1.0.0' }))
  const judged = await judge({ topic: streams.state.topic(id), payload }, judging)
  assert.deepEqual([judged.kind, heldBytes(judged)], ['seen', payload.length])
})
