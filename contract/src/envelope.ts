import { schemaCodec } from './avro/schema-codec.ts'
import { BatchError } from './batch-error.ts'
import { signatureLength } from './chain.ts'
import { envelopeSchema } from './schemas/envelope.ts'
import type { Lane } from './topics.ts'

/** Bytes of a whole batch: fits the broker's packet limit with room, and a poor link's patience. */
export const maxBatchBytes = 64 * 1024
/** Bytes of a payload before compression: what the cloud is ready to hold for one message. */
export const maxRawBytes = 1024 * 1024
/** Records in a batch: a quarter of an hour at 1 Hz. */
export const maxBatchRecords = 1000

/** The fields of a batch's envelope; see `schemas/envelope.ts`. */
export interface Envelope {
  device: string
  boot: number
  lane: Lane
  firstSeq: number
  count: number
  previousHash: Buffer
  payloadSchema: Buffer
  codec: 'none' | 'zstd'
  rawSize: number
  payload: Buffer
  signature: Buffer
}

const body = schemaCodec(envelopeSchema)

/** Marker of Avro's single-object encoding, version 1 (Avro 1.12 specification, "Single-object encoding"), and the schema's fingerprint. */
const header = Buffer.concat([Buffer.from([0xc3, 0x01]), body.fingerprint])

/** Writes an envelope behind its header. */
export const encodeEnvelope = (envelope: Envelope): Buffer => Buffer.concat([header, body.encode(envelope)])

/** What the signature of a batch covers: every byte before it. */
export const signedPart = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length - signatureLength)

/**
 * Reads an envelope without judging who made it.
 * @throws {BatchError} `too_large`, `not_single_object`, `unknown_schema`, `malformed` or `bad_count`.
 */
export function decodeEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length > maxBatchBytes)
    throw new BatchError('too_large', `Reading a batch: ${bytes.length} bytes, at most ${maxBatchBytes}`)
  if (bytes.length < header.length || bytes[0] !== header[0] || bytes[1] !== header[1])
    throw new BatchError('not_single_object', 'Reading a batch: it does not start with the marker C3 01')
  const schema = Buffer.from(bytes.subarray(2, header.length))
  if (!schema.equals(body.fingerprint))
    throw new BatchError('unknown_schema', `Reading a batch: no envelope has the fingerprint ${schema.toString('hex')}`)
  let envelope: Envelope
  try {
    const { value, end } = body.decode(bytes, header.length)
    if (end !== bytes.length) throw new RangeError(`${bytes.length - end} bytes left over`)
    envelope = value as Envelope
  } catch (error) {
    throw new BatchError('malformed', `Reading a batch of ${bytes.length} bytes: ${String(error)}`, { cause: error })
  }
  const { boot, firstSeq, count } = envelope
  if (boot < 0 || firstSeq < 1 || count < 1 || count > maxBatchRecords)
    throw new BatchError('bad_count', `Reading a batch: ${count} records from ${firstSeq} of boot ${boot}`)
  return envelope
}
