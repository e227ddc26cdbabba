import { schemaCodec } from './avro/schema-codec.ts'
import { BatchError } from './batch-error.ts'
import { type LaneRecords, recordCodec } from './codec.ts'
import { dequantize, quantize } from './columns/quantize.ts'
import { type PackedTelematics, packTelematics, unpackTelematics } from './columns/telematics-columns.ts'
import { telematicsColumnsSchema } from './schemas/telematics.ts'
import type { TelematicsEvent } from './telematics.ts'
import type { Lane } from './topics.ts'

const columns = schemaCodec(telematicsColumnsSchema)

/** Trace points in one batch: five times what fits into the bytes of a batch of real traces, and 6 MiB unpacked. */
const maxBatchTracePoints = 65_536

/** Fingerprint of the schema of a lane's payload. */
export const payloadFingerprint = (lane: Lane): Buffer =>
  lane === 'telematics' ? columns.fingerprint : recordCodec(lane).schema.fingerprint

/** Encodes a batch's records: columns for `telematics`, one Avro record behind the other elsewhere. */
export function encodePayload<L extends Lane>(lane: L, firstSeq: number, records: readonly LaneRecords[L][]): Buffer {
  if (lane !== 'telematics') {
    let points = 0
    for (const record of records) points = addTracePoints(points, record)
    const { schema, toAvro } = recordCodec(lane)
    return Buffer.concat(records.map((record) => schema.encode(toAvro(record))))
  }
  const events = records as readonly TelematicsEvent[]
  events.forEach(({ seq }, i) => {
    if (seq !== firstSeq + i)
      throw new BatchError('bad_count', `Record ${i} of the batch has seq ${seq}, expected ${firstSeq + i}`)
  })
  return columns.encode(packTelematics(events.map(quantize)))
}

/**
 * Decodes exactly `count` records.
 * @throws {BatchError} `bad_payload` or `out_of_range`.
 */
export function decodePayload<L extends Lane>(
  lane: L,
  firstSeq: number,
  count: number,
  payload: Uint8Array,
): LaneRecords[L][] {
  try {
    return (
      lane === 'telematics' ? decodeColumns(firstSeq, count, payload) : decodeSequence(lane, count, payload)
    ) as LaneRecords[L][]
  } catch (error) {
    if (error instanceof BatchError) throw error
    throw new BatchError('bad_payload', `Decoding ${count} ${lane} records: ${String(error)}`, { cause: error })
  }
}

function decodeColumns(firstSeq: number, count: number, payload: Uint8Array): TelematicsEvent[] {
  const { value, end } = columns.decode(payload, 0)
  if (end !== payload.length) throw new RangeError(`${payload.length - end} bytes left over`)
  return unpackTelematics(value as PackedTelematics, count).map((steps, i) => dequantize(firstSeq + i, steps))
}

function decodeSequence<L extends Lane>(lane: L, count: number, payload: Uint8Array): LaneRecords[L][] {
  const { schema, fromAvro } = recordCodec(lane)
  const records: LaneRecords[L][] = []
  let points = 0
  let at = 0
  for (let i = 0; i < count; i++) {
    const { value, end } = schema.decode(payload, at)
    const record = fromAvro(value)
    points = addTracePoints(points, record)
    records.push(record)
    at = end
  }
  if (at !== payload.length) throw new RangeError(`${payload.length - at} bytes left over`)
  return records
}

/** @throws {BatchError} `too_large`: a few bytes may stand for many points that do not change. */
function addTracePoints(before: number, record: LaneRecords[Lane]): number {
  const points = before + ('event' in record ? (record.event.trace?.offsetMs.length ?? 0) : 0)
  if (points > maxBatchTracePoints)
    throw new BatchError('too_large', `A batch with more than ${maxBatchTracePoints} points of traces`)
  return points
}
