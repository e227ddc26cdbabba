import type { Schema } from 'avsc'
import { type SchemaReader, schemaCodec } from './avro/schema-codec.ts'
import { BatchError } from './batch-error.ts'
import { asBefore, packColumn, unpackColumn } from './columns/column.ts'
import { dequantize, quantize } from './columns/quantize.ts'
import { type PackedTelematics, packTelematics, unpackTelematics } from './columns/telematics-columns.ts'
import type { Gap, GapReason } from './gap.ts'
import { gapSchema } from './schemas/gap.ts'
import type { TelematicsEvent } from './telematics.ts'

const codec = schemaCodec(gapSchema)

/** Fingerprint of a gap's schema, in whichever lane. */
export const gapFingerprint = codec.fingerprint

/** Reads the gaps of this fingerprint; undefined for one that this version does not know. */
export const gapOf = (fingerprint: Uint8Array): SchemaReader | undefined =>
  codec.fingerprint.equals(fingerprint) ? codec : undefined

/** Reads gaps as another schema wrote them; undefined where Avro has no resolution of the two. */
export function gapReading(writer: Schema): SchemaReader | undefined {
  try {
    return codec.reading(writer)
  } catch {
    return undefined
  }
}

/** A gap came with this version of the wire. */
export const gapSince = 2

interface AvroGap {
  reason: GapReason
  at: number
  endHash: Buffer
  kept: { count: number; places: Uint8Array; columns: PackedTelematics }
}

/** Which numbers a gap stands for. */
interface Range {
  firstSeq: number
  count: number
}

/** Encodes a gap with the records of its range that are left, in the order of their numbers. */
export function encodeGap(
  { firstSeq, count }: Range,
  { reason, at, endHash }: Omit<Gap, 'dropped'>,
  kept: readonly TelematicsEvent[],
): Buffer {
  const places = kept.map(({ seq }) => seq - firstSeq)
  if (kept.length >= count || places.some((place, i) => place < 0 || place >= count || place <= (places[i - 1] ?? -1)))
    throw new BatchError('bad_count', `Writing a gap of ${count} numbers from ${firstSeq}: ${places.length} kept`)
  const columns = packTelematics(kept.map(quantize))
  return codec.encode({
    reason,
    at,
    endHash,
    kept: { count: kept.length, places: packColumn(places, asBefore), columns },
  } satisfies AvroGap)
}

/** Decodes a gap. @throws {RangeError | BatchError} for bytes that are no gap of this range */
export function decodeGap(
  { firstSeq, count }: Range,
  payload: Uint8Array,
  reader: SchemaReader = codec,
): { gap: Gap; records: TelematicsEvent[] } {
  const { value, end } = reader.decode(payload, 0)
  if (end !== payload.length) throw new RangeError(`${payload.length - end} bytes left over`)
  const { reason, at, endHash, kept } = value as AvroGap
  if (kept.count < 0 || kept.count >= count) throw new BatchError('bad_count', `${kept.count} of ${count} records kept`)
  const places = unpackColumn(kept.places, kept.count, asBefore)
  const rows = unpackTelematics(kept.columns, kept.count)
  let before = -1
  const records = rows.map((steps, i) => {
    const place = places[i] ?? -1
    if (place <= before || place >= count) throw new RangeError(`place ${place} of ${count} behind ${before}`)
    before = place
    return dequantize(firstSeq + place, steps)
  })
  return { gap: { reason, at, endHash: Buffer.from(endHash), dropped: count - kept.count }, records }
}
