import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sealBatch } from '@fairmile/contract/batch.ts'
import { generateKeyPair, genesisHash, proofsOf } from '@fairmile/contract/chain.ts'
import { decodeEnvelope, encodeEnvelope, maxRawBytes } from '@fairmile/contract/envelope.ts'
import type { RawChunk } from '@fairmile/contract/raw-chunk.ts'
import { logTopic, streams } from '@fairmile/contract/topics.ts'
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
const { bytes } = sealBatch({
  ...{ device: id, boot: 1, lane: 'raw', firstSeq: 1, records: [chunk, chunk] },
  ...{ previousHash: genesisHash, privateKey: keys.privateKey },
})
const message = { topic: logTopic(id, 'raw'), payload: bytes }

test('unfoldedBytes knows before judging what a small batch will hold after it', async () => {
  const judged = await judge(message, judging)
  assert.equal(judged.kind, 'accepted')
  assert.ok(unfoldedBytes(message) > 100 * bytes.length)
  assert.equal(unfoldedBytes(message), heldBytes(judged))
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
