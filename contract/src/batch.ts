import { BatchError } from './batch-error.ts'
import { type Proves, sha256, sign, signatureLength, verify } from './chain.ts'
import { encodeRecord, type LaneRecords } from './codec.ts'
import type { Column } from './columns/column.ts'
import {
  decodeEnvelope,
  type Envelope,
  encodeEnvelope,
  maxBatchBytes,
  maxBatchRecords,
  maxRawBytes,
  signedPart,
} from './envelope.ts'
import type { Gap } from './gap.ts'
import { decodeGap, encodeGap, gapFingerprint, gapSince } from './gap-payload.ts'
import { payloadFor } from './payload.ts'
import { knownPayloads, type Payloads } from './payloads.ts'
import type { TelematicsEvent } from './telematics.ts'
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
    /** Bytes of its records before they were packed: how much it unfolds to. */
    rawSize: number
    /** Those that are there: of a gap, the few that were kept. */
    records: LaneRecords[L][]
    /** What the device says of records that are gone; null for an ordinary batch, which has all of its range. */
    gap: Gap | null
  }
}[Lane]

/** An ordinary batch of telematics events by column, for who stores it so. */
export interface OpenedColumns extends Omit<Extract<OpenedBatch, { lane: 'telematics' }>, 'records' | 'gap'> {
  /** The wire's integers, `value × scale`, a column a field in the order of `telematicsFields`. */
  columns: readonly Column[]
  gap: null
}

/**
 * An ordinary batch of raw chunks for who stores them: each packed, which is what its row holds. Unpacked, a chunk that stands still takes
 * a hundred times its bytes.
 */
export interface OpenedChunks extends Omit<Extract<OpenedBatch, { lane: 'raw' }>, 'records' | 'gap'> {
  chunks: readonly PackedChunk[]
  gap: null
}

/** A raw chunk that was read and checked. */
export interface PackedChunk {
  /** UTC epoch milliseconds. */
  at: number
  /** As `encodeRecord` makes them. */
  bytes: Buffer
}

/** What takes the place of batches that were dropped. */
export interface SealGapOptions
  extends Pick<SealOptions<Lane>, 'device' | 'boot' | 'lane' | 'firstSeq' | 'privateKey'> {
  /** Last sequence number that it stands for. */
  lastSeq: number
  /** The `previousHash` of the first batch that it stands for. */
  previousHash: Uint8Array
  gap: Omit<Gap, 'dropped'>
  /** Records of its range that are left; of `telematics` alone. */
  kept: readonly TelematicsEvent[]
}

/**
 * Makes a signed batch of records.
 * @throws {BatchError} `bad_count` for none, too many or a gap, `too_large`, `out_of_range`.
 */
export function sealBatch<L extends Lane>(options: SealOptions<L>): SealedBatch {
  const { lane, firstSeq, records } = options
  if (records.length < 1 || records.length > maxBatchRecords)
    throw new BatchError('bad_count', `Sealing a ${lane} batch: ${records.length} records, 1 to ${maxBatchRecords}`)
  const codec = payloadFor(lane, records, options.wire ?? wireVersion)
  const raw = codec.encode(firstSeq, records)
  return sealPayload({ ...options, count: records.length, wire: codec.since, payloadSchema: codec.fingerprint, raw })
}

/**
 * Makes the signed gap that takes the place of batches.
 * @throws {BatchError} `bad_count` for a range that one batch cannot have, or records that are not of it
 */
export function sealGap(options: SealGapOptions): SealedBatch {
  const { lane, firstSeq, lastSeq, gap, kept } = options
  const count = lastSeq - firstSeq + 1
  if (count < 1 || count > maxBatchRecords || (kept.length > 0 && lane !== 'telematics'))
    throw new BatchError('bad_count', `Sealing a gap in ${lane}: ${count} numbers with ${kept.length} records`)
  const raw = encodeGap({ firstSeq, count }, gap, kept)
  return sealPayload({ ...options, count, wire: gapSince, payloadSchema: gapFingerprint, raw })
}

interface Payload
  extends Pick<SealOptions<Lane>, 'device' | 'boot' | 'lane' | 'firstSeq' | 'previousHash' | 'privateKey'> {
  count: number
  wire: number
  payloadSchema: Buffer
  raw: Buffer
}

function sealPayload({ device, boot, lane, firstSeq, previousHash, privateKey, ...payload }: Payload): SealedBatch {
  const { count, wire, payloadSchema, raw } = payload
  if (raw.length > maxRawBytes)
    throw new BatchError('too_large', `Sealing a ${lane} batch: ${raw.length} bytes, at most ${maxRawBytes}`)
  const packed = compress(raw)
  const smaller = packed.length < raw.length
  const unsigned = encodeEnvelope({
    device,
    boot,
    lane,
    firstSeq,
    count,
    previousHash: Buffer.from(previousHash),
    payloadSchema,
    codec: smaller ? 'zstd' : 'none',
    rawSize: raw.length,
    payload: smaller ? packed : raw,
    signature: Buffer.alloc(signatureLength),
  })
  if (unsigned.length > maxBatchBytes)
    throw new BatchError('too_large', `Sealing a ${lane} batch: ${unsigned.length} bytes, at most ${maxBatchBytes}`)
  const bytes = Buffer.concat([signedPart(unsigned), sign(signedPart(unsigned), privateKey)])
  return { bytes, hash: sha256(bytes), firstSeq, lastSeq: firstSeq + count - 1, wire }
}

/**
 * Reads a batch, proves that the device made it, and checks every value.
 * @throws {BatchError} with the reason; the same bytes will never do.
 */
export function openBatch(
  bytes: Uint8Array,
  options: {
    publicKey: string
    /** Who reads the payload. @default the schemas that this version was built with */
    payloads?: Payloads
  },
): OpenedBatch {
  const envelope = decodeEnvelope(bytes)
  if (!verify(signedPart(bytes), envelope.signature, options.publicKey)) throw notSigned(envelope)
  return withRecords(bytes, envelope, options.payloads)
}

/**
 * As `openBatch`, but telematics events come by column and raw chunks packed, and the signature is looked at beside other work.
 * @throws {BatchError} as `openBatch`
 */
export async function openBatchByColumn(
  bytes: Uint8Array,
  options: { proves: Proves; payloads?: Payloads },
): Promise<OpenedBatch | OpenedColumns | OpenedChunks> {
  const envelope = decodeEnvelope(bytes)
  if (!(await options.proves(signedPart(bytes), envelope.signature))) throw notSigned(envelope)
  const { lane, firstSeq, count, payloadSchema } = envelope
  const byColumn = lane === 'telematics' && (options.payloads ?? knownPayloads).of(lane, payloadSchema)?.decodeColumns
  if (!byColumn) return withPackedChunks(withRecords(bytes, envelope, options.payloads))
  const payload = unpack(envelope)
  const columns = decoding(envelope, () => byColumn(firstSeq, count, payload))
  return { ...identityOf(bytes, envelope), lane, columns, gap: null }
}

const notSigned = ({ device }: Envelope) =>
  new BatchError('bad_signature', `Opening a batch of ${device}: not signed by its key`)

const withRecords = (bytes: Uint8Array, envelope: Envelope, payloads = knownPayloads): OpenedBatch =>
  ({ ...identityOf(bytes, envelope), ...readRecords(envelope, payloads) }) as OpenedBatch

function withPackedChunks(batch: OpenedBatch): OpenedBatch | OpenedChunks {
  if (batch.lane !== 'raw' || batch.gap !== null) return batch
  const { records, gap, ...identity } = batch
  return {
    ...identity,
    chunks: records.map((chunk) => ({ at: chunk.at, bytes: encodeRecord('raw', chunk) })),
    gap: null,
  }
}

function identityOf(bytes: Uint8Array, { device, boot, lane, firstSeq, count, previousHash, rawSize }: Envelope) {
  return { device, boot, lane, firstSeq, lastSeq: firstSeq + count - 1, previousHash, hash: sha256(bytes), rawSize }
}

/**
 * Reads whose batch it says it is and how much it says that it unfolds to, unproved: for dead letters, and before it is opened.
 * @throws {BatchError} where not even that can be read.
 */
export function peekBatch(
  bytes: Uint8Array,
): Pick<Envelope, 'device' | 'boot' | 'lane' | 'firstSeq' | 'count' | 'payloadSchema' | 'rawSize'> {
  const { device, boot, lane, firstSeq, count, payloadSchema, rawSize } = decodeEnvelope(bytes)
  return { device, boot, lane, firstSeq, count, payloadSchema, rawSize }
}

function readRecords(envelope: Envelope, payloads: Payloads): { records: readonly unknown[]; gap: Gap | null } {
  const { lane, firstSeq, count, payloadSchema } = envelope
  const codec = payloads.of(lane, payloadSchema)
  const gap = codec === undefined ? payloads.gap(payloadSchema) : undefined
  if (codec === undefined && gap === undefined)
    throw new BatchError(
      'unknown_schema',
      `Opening a ${lane} batch: no payload has the fingerprint ${payloadSchema.toString('hex')}`,
    )
  const payload = unpack(envelope)
  return decoding(envelope, () => {
    if (codec !== undefined) return { records: codec.decode(firstSeq, count, payload), gap: null }
    const read = decodeGap(envelope, payload, gap)
    if (read.records.length === 0 || lane === 'telematics') return read
    throw new RangeError(`${read.records.length} telematics records in a gap of ${lane}`)
  })
}

/** @throws {BatchError} for whatever the decoding throws */
function decoding<T>({ lane, count }: Envelope, decode: () => T): T {
  try {
    return decode()
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
