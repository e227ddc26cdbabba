import { BatchError } from './batch-error.ts'
import { sha256, sign, signatureLength, verify } from './chain.ts'
import type { LaneRecords } from './codec.ts'
import {
  decodeEnvelope,
  type Envelope,
  encodeEnvelope,
  maxBatchBytes,
  maxBatchRecords,
  maxRawBytes,
  signedPart,
} from './envelope.ts'
import { payloadFor, payloadOf } from './payload.ts'
import type { Lane } from './topics.ts'
import { wireVersion } from './wire.ts'
import { compress, decompress } from './zstd.ts'

/** What goes into one batch. */
export interface SealOptions<L extends Lane> {
  device: string
  boot: number
  lane: L
  /** Sequence number of the first record, from 1; the others follow without gaps. */
  firstSeq: number
  records: readonly LaneRecords[L][]
  /** Hash of the batch before in this lane, across boots; `genesisHash` for the first ever. */
  previousHash: Uint8Array
  /** Raw Ed25519 key in base64url. */
  privateKey: string
  /** Version of the wire that the reader speaks. @default the newest */
  wire?: number
}

/** A batch as it is stored and sent; `hash` is the next one's `previousHash`. */
export interface SealedBatch {
  bytes: Buffer
  hash: Buffer
  firstSeq: number
  lastSeq: number
  /** Version of the wire that a reader needs: above the one asked for where no schema of that has room for the records. */
  wire: number
}

/** A batch that was read and proved to be the device's. */
export type OpenedBatch = {
  [L in Lane]: {
    device: string
    boot: number
    lane: L
    firstSeq: number
    lastSeq: number
    previousHash: Buffer
    hash: Buffer
    records: LaneRecords[L][]
  }
}[Lane]

/**
 * Makes a signed batch of records.
 * @throws {BatchError} `bad_count` for none, too many or a gap, `too_large`, `out_of_range`.
 */
export function sealBatch<L extends Lane>(options: SealOptions<L>): SealedBatch {
  const { device, boot, lane, firstSeq, records, previousHash, privateKey } = options
  if (records.length < 1 || records.length > maxBatchRecords)
    throw new BatchError('bad_count', `Sealing a ${lane} batch: ${records.length} records, 1 to ${maxBatchRecords}`)
  const codec = payloadFor(lane, records, options.wire ?? wireVersion)
  const raw = codec.encode(firstSeq, records)
  if (raw.length > maxRawBytes)
    throw new BatchError('too_large', `Sealing a ${lane} batch: ${raw.length} bytes, at most ${maxRawBytes}`)
  const packed = compress(raw)
  const smaller = packed.length < raw.length
  const unsigned = encodeEnvelope({
    device,
    boot,
    lane,
    firstSeq,
    count: records.length,
    previousHash: Buffer.from(previousHash),
    payloadSchema: codec.fingerprint,
    codec: smaller ? 'zstd' : 'none',
    rawSize: raw.length,
    payload: smaller ? packed : raw,
    signature: Buffer.alloc(signatureLength),
  })
  if (unsigned.length > maxBatchBytes)
    throw new BatchError('too_large', `Sealing a ${lane} batch: ${unsigned.length} bytes, at most ${maxBatchBytes}`)
  const bytes = Buffer.concat([signedPart(unsigned), sign(signedPart(unsigned), privateKey)])
  return { bytes, hash: sha256(bytes), firstSeq, lastSeq: firstSeq + records.length - 1, wire: codec.since }
}

/**
 * Reads a batch, proves that the device made it, and checks every value.
 * @throws {BatchError} with the reason; the same bytes will never do.
 */
export function openBatch(bytes: Uint8Array, options: { publicKey: string }): OpenedBatch {
  const envelope = decodeEnvelope(bytes)
  const { device, boot, lane, firstSeq, count, previousHash, signature } = envelope
  if (!verify(signedPart(bytes), signature, options.publicKey))
    throw new BatchError('bad_signature', `Opening a batch of ${device}: not signed by its key`)
  const records = readRecords(envelope)
  const lastSeq = firstSeq + count - 1
  return { device, boot, lane, firstSeq, lastSeq, previousHash, hash: sha256(bytes), records } as OpenedBatch
}

/**
 * Reads whose batch it says it is, unproved: for dead letters.
 * @throws {BatchError} where not even that can be read.
 */
export function peekBatch(bytes: Uint8Array): Pick<Envelope, 'device' | 'boot' | 'lane' | 'firstSeq' | 'count'> {
  const { device, boot, lane, firstSeq, count } = decodeEnvelope(bytes)
  return { device, boot, lane, firstSeq, count }
}

function readRecords(envelope: Envelope): LaneRecords[Lane][] {
  const { lane, firstSeq, count, payloadSchema } = envelope
  const codec = payloadOf(lane, payloadSchema)
  if (codec === undefined)
    throw new BatchError(
      'unknown_schema',
      `Opening a ${lane} batch: no payload has the fingerprint ${payloadSchema.toString('hex')}`,
    )
  const payload = unpack(envelope)
  try {
    return codec.decode(firstSeq, count, payload)
  } catch (error) {
    if (error instanceof BatchError) throw error
    throw new BatchError('bad_payload', `Decoding ${count} ${lane} records: ${String(error)}`, { cause: error })
  }
}

function unpack({ lane, codec, payload, rawSize }: Envelope): Buffer {
  if (rawSize < 0 || rawSize > maxRawBytes)
    throw new BatchError('too_large', `Opening a ${lane} batch: ${rawSize} bytes declared, at most ${maxRawBytes}`)
  try {
    if (codec === 'zstd') return decompress(payload, rawSize)
  } catch (error) {
    throw new BatchError('bad_payload', `Decompressing a ${lane} batch: ${String(error)}`, { cause: error })
  }
  if (payload.length !== rawSize)
    throw new BatchError('bad_payload', `Opening a ${lane} batch: ${payload.length} bytes, ${rawSize} declared`)
  return payload
}
