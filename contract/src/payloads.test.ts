/** The golden batches under `examples/other-schemas/`: what other versions of the schemas wrote reads the same for ever. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Schema } from 'avsc'
import { schemaCodec } from './avro/schema-codec.ts'
import { openBatch } from './batch.ts'
import { BatchError } from './batch-error.ts'
import { decodeEnvelope } from './envelope.ts'
import { payloadsWith } from './payloads.ts'
import { telematicsColumnsSchema } from './schemas/telematics.ts'
import { tripsSchema } from './schemas/trips.ts'
import { wireSchemas } from './schemas/wire-schemas.ts'
import { decompress } from './zstd.ts'

interface Example {
  what: string
  publicKey: string
  /** Of the schema, as the batch carries it. */
  fingerprint: string
  schema: Schema
  batchHex: string
  expect: object | { error: string }
}
const examples = new URL('../examples/', import.meta.url)
const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, examples), 'utf8')) as T
const folder = 'other-schemas'

for (const name of readdirSync(new URL(folder, examples))) {
  const { what, publicKey, fingerprint, schema, batchHex, expect } = read<Example>(`${folder}/${name}`)
  const bytes = Buffer.from(batchHex, 'hex')
  const isUnknown = (error: unknown) => error instanceof BatchError && error.code === 'unknown_schema'

  test(`openBatch reads ${name} once its schema is known: ${what}`, () => {
    const payloads = payloadsWith(new Map([[fingerprint, schema]]))
    assert.throws(() => openBatch(bytes, { publicKey }), isUnknown)
    assert.throws(() => openBatch(bytes, { publicKey, payloads: payloadsWith(new Map()) }), isUnknown)
    if ('error' in expect) {
      assert.equal(expect.error, 'unknown_schema')
      assert.throws(() => openBatch(bytes, { publicKey, payloads }), isUnknown)
      return
    }
    const { previousHash, hash, gap, rawSize, ...rest } = openBatch(bytes, { publicKey, payloads })
    assert.ok(rawSize > 0)
    assert.deepEqual({ ...rest, ...(gap && { gap: { ...gap, endHash: gap.endHash.toString('hex') } }) }, expect)
  })
}

/** Unpacks a golden batch of version 1. */
function payloadOf(name: string): Buffer {
  const envelope = decodeEnvelope(Buffer.from(read<Example>(name).batchHex, 'hex'))
  return envelope.codec === 'zstd' ? decompress(envelope.payload, envelope.rawSize) : envelope.payload
}

test('a reader with a new column reads the batches of version 1, the column unknown', () => {
  const payload = payloadOf('v1/batch-valid-telematics.json')
  const added = { name: 'batteryV', type: 'bytes', default: '' }
  const reader = schemaCodec({
    ...telematicsColumnsSchema,
    fields: [added, ...telematicsColumnsSchema.fields],
  } as Schema)
  const { value, end } = reader.reading(wireSchemas['fairmile.telematics']!).decode(payload, 0)
  const { batteryV, ...rest } = value as Record<string, Buffer>
  assert.equal(end, payload.length)
  assert.equal(batteryV?.length, 0)
  assert.deepEqual(
    { ...rest },
    { ...(schemaCodec(telematicsColumnsSchema as Schema).decode(payload, 0).value as object) },
  )
})

test('a reader with a new field of trips reads the records of version 1, the field at its default', () => {
  const payload = payloadOf('v1/batch-valid-trips.json')
  const [started, event, trip] = tripsSchema
  const added = { name: 'energyKwh', type: ['null', 'double'], default: null }
  const reader = schemaCodec([started, event, { ...trip, fields: [...trip!.fields, added] }] as Schema)
  const reading = reader.reading(tripsSchema as Schema)
  const kinds: string[] = []
  for (let at = 0; at < payload.length; ) {
    const { value, end } = reading.decode(payload, at)
    const [[kind, record]] = Object.entries(value as Record<string, Record<string, unknown>>) as [
      [string, Record<string, unknown>],
    ]
    kinds.push(kind.replace('fairmile.v1.', ''))
    if (kind === 'fairmile.v1.Trip') assert.equal(record.energyKwh, null)
    at = end
  }
  assert.deepEqual(kinds, ['TripStarted', 'DrivingEvent', 'Trip'])
})

test('the fingerprints of the wire are those that devices send', () => {
  const hex = Object.fromEntries(
    Object.entries(wireSchemas).map(([subject, schema]) => [subject, schemaCodec(schema).fingerprint.toString('hex')]),
  )
  assert.deepEqual(hex, {
    'fairmile.batch': '688aebd3bcde5669',
    'fairmile.urgent.alert': '9e73dc32511aecf5',
    'fairmile.urgent.crash': '37ddecb2de7121d9',
    'fairmile.trips': 'ef2874932c1de1f3',
    'fairmile.telematics': '9348d1e31e80a316',
    'fairmile.raw': 'db653446c43c9dd9',
    'fairmile.gap': '9bcfb03a8189cd6c',
  })
})
