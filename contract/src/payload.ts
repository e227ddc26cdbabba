import type { Schema } from 'avsc'
import { type SchemaCodec, type SchemaReader, schemaCodec } from './avro/schema-codec.ts'
import { BatchError } from './batch-error.ts'
import { type LaneRecords, recordCodecs } from './codec.ts'
import type { Column } from './columns/column.ts'
import { checkColumns, dequantize, quantize } from './columns/quantize.ts'
import {
  type PackedTelematics,
  packTelematics,
  unpackTelematics,
  unpackTelematicsColumns,
} from './columns/telematics-columns.ts'
import { telematicsColumnsSchema } from './schemas/telematics.ts'
import type { TelematicsEvent } from './telematics.ts'
import type { Lane } from './topics.ts'

/** How the records of a batch that some schema wrote are read. */
export interface PayloadReader<R> {
  /** Of the schema, as the envelope carries it. */
  readonly fingerprint: Buffer
  /** Decodes exactly `count` records. @throws {RangeError | BatchError} */
  decode(firstSeq: number, count: number, payload: Uint8Array): R[]
  /**
   * Of telematics alone: decodes the wire's integers, `value × scale`, a column a field in the order of `telematicsFields`, which is half
   * the work of making the events. @throws {RangeError | BatchError} as `decode`
   */
  decodeColumns?(firstSeq: number, count: number, payload: Uint8Array): Column[]
}

/** How the records of a batch are written since some version of the wire. */
export interface PayloadCodec<R> extends PayloadReader<R> {
  /** Version of the wire that brought the schema. */
  readonly since: number
  carries(record: R): boolean
  encode(firstSeq: number, records: readonly R[]): Buffer
  /** Reads what another schema wrote. @throws {Error} where Avro has no resolution of the two */
  reading(writer: Schema): PayloadReader<R>
}

/** Points of traces and rows of raw chunks in one batch: five times what fits into its bytes of real ones, and 6 MiB unpacked. */
export const maxBatchPoints = 65_536

const columnsCodec = schemaCodec(telematicsColumnsSchema)

function telematicsReader(schema: SchemaReader): PayloadReader<TelematicsEvent> {
  const read = (payload: Uint8Array): PackedTelematics => {
    const { value, end } = schema.decode(payload, 0)
    if (end !== payload.length) throw new RangeError(`${payload.length - end} bytes left over`)
    return value as PackedTelematics
  }
  return {
    fingerprint: schema.fingerprint,
    decode: (firstSeq, count, payload) =>
      unpackTelematics(read(payload), count).map((steps, i) => dequantize(firstSeq + i, steps)),
    decodeColumns(firstSeq, count, payload) {
      const columns = unpackTelematicsColumns(read(payload), count)
      checkColumns(firstSeq, columns)
      return columns
    },
  }
}

const telematics: PayloadCodec<TelematicsEvent> = {
  since: 1,
  ...telematicsReader(columnsCodec),
  carries: () => true,
  encode(firstSeq, events) {
    events.forEach(({ seq }, i) => {
      if (seq !== firstSeq + i)
        throw new BatchError('bad_count', `Record ${i} of the batch has seq ${seq}, expected ${firstSeq + i}`)
    })
    return columnsCodec.encode(packTelematics(events.map(quantize)))
  },
  reading: (writer) => telematicsReader(columnsCodec.reading(writer)),
}

/** One Avro record behind the other, for each schema of single records. */
const sequences = <L extends Lane>(lane: L): PayloadCodec<LaneRecords[L]>[] =>
  recordCodecs(lane).map((codec) => {
    const { since, schema, carries = () => true, toAvro } = codec
    return {
      since,
      ...sequenceReader(codec, schema),
      carries,
      encode(_firstSeq, records) {
        let points = 0
        for (const record of records) points = addPoints(points, record)
        return Buffer.concat(records.map((record) => schema.encode(toAvro(record))))
      },
      reading: (writer) => sequenceReader(codec, schema.reading(writer)),
    }
  })

const sequenceReader = <R extends LaneRecords[Lane]>(
  { fromAvro }: { schema: SchemaCodec; fromAvro(value: unknown): R },
  schema: SchemaReader,
): PayloadReader<R> => ({
  fingerprint: schema.fingerprint,
  decode(_firstSeq, count, payload) {
    const records: R[] = []
    let points = 0
    let at = 0
    for (let i = 0; i < count; i++) {
      const { value, end } = schema.decode(payload, at)
      const record = fromAvro(value)
      points = addPoints(points, record)
      records.push(record)
      at = end
    }
    if (at !== payload.length) throw new RangeError(`${payload.length - at} bytes left over`)
    return records
  },
})

const codecs: { readonly [L in Lane]: readonly PayloadCodec<LaneRecords[L]>[] } = {
  urgent: sequences('urgent'),
  trips: sequences('trips'),
  telematics: [telematics],
  raw: sequences('raw'),
}

/**
 * The payload that carries all these records: the newest that a reader of version `wire` knows or, where none of them can, the oldest that
 * can. Its `since` is the version that a reader needs.
 * @throws {BatchError} `unknown_schema` where none can
 */
export function payloadFor<L extends Lane>(
  lane: L,
  records: readonly LaneRecords[L][],
  wire: number,
): PayloadCodec<LaneRecords[L]> {
  const able: PayloadCodec<LaneRecords[L]>[] = codecs[lane].filter((codec) => records.every(codec.carries))
  const codec = able.findLast(({ since }) => since <= wire) ?? able[0]
  if (codec === undefined) throw new BatchError('unknown_schema', `Writing a ${lane} batch: no schema has room for it`)
  return codec
}

/** The payload with this fingerprint in a lane; undefined for one that this version does not know. */
export const payloadOf = <L extends Lane>(lane: L, fingerprint: Uint8Array): PayloadCodec<LaneRecords[L]> | undefined =>
  codecs[lane].find((codec) => codec.fingerprint.equals(fingerprint))

/** Reads a lane's records as another schema wrote them, by the newest of ours that can; undefined where none can. */
export function payloadReading<L extends Lane>(lane: L, writer: Schema): PayloadReader<LaneRecords[L]> | undefined {
  for (const codec of codecs[lane].toReversed()) {
    try {
      return codec.reading(writer)
    } catch {
      // Avro has no resolution of the two; an older one may be nearer.
    }
  }
  return undefined
}

/** @throws {BatchError} `too_large`: a few bytes may stand for many points that do not change. */
function addPoints(before: number, record: LaneRecords[Lane]): number {
  const points = before + pointsOf(record)
  if (points > maxBatchPoints) throw new BatchError('too_large', `A batch with more than ${maxBatchPoints} points`)
  return points
}

function pointsOf(record: LaneRecords[Lane]): number {
  if ('imu' in record) return record.imu.offsetMs.length + record.fixes.offsetMs.length
  return 'event' in record ? (record.event.trace?.offsetMs.length ?? 0) : 0
}
