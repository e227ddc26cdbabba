/** The golden messages under `examples/`: what was valid in a version stays valid, and reads the same, for ever. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { z } from 'zod'
import { openBatch, sealBatch } from './batch.ts'
import { BatchError } from './batch-error.ts'
import { deviceCommandSchema, deviceConfigSchema, deviceReportSchema, deviceStateSchema } from './device-messages.ts'
import { ackSchema, liveStateSchema, parseMessage } from './messages.ts'
import type { TelematicsEvent } from './telematics.ts'

interface BatchExample {
  publicKey: string
  /** Of a key made for the examples alone. */
  privateKey: string
  batchHex: string
  expect:
    | { device: string; boot: number; lane: string; firstSeq: number; lastSeq: number; records: unknown[] }
    | { error: string }
}
interface MessageExample {
  schema: keyof typeof schemas
  message: unknown
  expect: 'valid' | 'invalid'
}

const schemas = {
  live: liveStateSchema,
  state: deviceStateSchema,
  ack: ackSchema,
  config: deviceConfigSchema,
  command: deviceCommandSchema,
  report: deviceReportSchema,
}
const folder = new URL('../examples/', import.meta.url)
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
const names = readdirSync(folder).flatMap((version) =>
  readdirSync(new URL(version, folder)).map((file) => `${version}/${file}`),
)

for (const name of names.filter((file) => file.includes('/batch-'))) {
  test(`openBatch takes or refuses ${name} as it always did`, () => {
    const example = read(name) as BatchExample
    const bytes = Buffer.from(example.batchHex, 'hex')
    const { expect } = example
    if ('error' in expect) {
      assert.throws(
        () => openBatch(bytes, example),
        (error) => error instanceof BatchError && error.code === expect.error,
      )
      return
    }
    const { previousHash, hash, gap, rawSize, ...rest } = openBatch(bytes, example)
    assert.ok(rawSize > 0)
    assert.deepEqual({ ...rest, ...(gap && { gap: { ...gap, endHash: gap.endHash.toString('hex') } }) }, expect)
    if (rest.lane !== 'telematics' || gap) return
    const records = rest.records as TelematicsEvent[]
    const again = sealBatch({ ...rest, lane: 'telematics', records, previousHash, privateKey: example.privateKey })
    assert.deepEqual(again.bytes, bytes)
    assert.deepEqual(again.hash, hash)
  })
}

for (const name of names.filter((file) => file.includes('/message-'))) {
  test(`parseMessage takes or refuses ${name} as it always did`, () => {
    const { schema, message, expect } = read(name) as MessageExample
    const bytes = Buffer.from(JSON.stringify(message))
    const parse = () => parseMessage(schemas[schema] as z.ZodType<unknown>, bytes)
    if (expect === 'valid') assert.deepEqual(parse(), message)
    else assert.throws(parse, { name: 'ZodError' })
  })
}
