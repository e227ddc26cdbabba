import { type SchemaCodec, schemaCodec } from './avro/schema-codec.ts'
import { BatchError } from './batch-error.ts'
import { type PackedReadings, packReadings, unpackReadings } from './columns/crash-columns.ts'
import { dequantize, type Quantized, quantize } from './columns/quantize.ts'
import { type PackedTable, packTable, unpackTable } from './columns/raw-columns.ts'
import { telematicsFields } from './columns/telematics-fields.ts'
import { type PackedTrace, packTrace, unpackTrace } from './columns/trace.ts'
import type { CrashRecord } from './crash.ts'
import type { DrivingEvent } from './driving-event.ts'
import { checkRaw, checkTrips, checkUrgent } from './range.ts'
import type { RawChunk } from './raw-chunk.ts'
import type { Alert, TripsRecord, UrgentRecord } from './records.ts'
import { crashSchema } from './schemas/crash.ts'
import { rawSchema } from './schemas/raw.ts'
import { telematicsEventSchema } from './schemas/telematics.ts'
import { tripsSchema } from './schemas/trips.ts'
import { urgentSchema } from './schemas/urgent.ts'
import type { TelematicsEvent } from './telematics.ts'
import type { Lane } from './topics.ts'
import type { TripRecord, TripStatistics } from './trip.ts'
import { firstWireVersion } from './wire.ts'

/** What a lane carries. */
export interface LaneRecords {
  urgent: UrgentRecord
  trips: TripsRecord
  telematics: TelematicsEvent
  raw: RawChunk
}

/** How the records of a lane are written since some version of the wire. A schema that is out is never changed: a new one is put behind it. */
interface RecordCodec<R> {
  /** Version of the wire that brought the schema. */
  readonly since: number
  readonly schema: SchemaCodec
  /** Whether the schema has room for this record. @default every record */
  carries?(record: R): boolean
  toAvro(record: R): unknown
  /** @throws {RangeError | BatchError} for values that cannot be. */
  fromAvro(value: unknown): R
}

const telematics: RecordCodec<TelematicsEvent> = {
  since: 1,
  schema: schemaCodec(telematicsEventSchema),
  toAvro(event) {
    const steps = quantize(event)
    return { seq: event.seq, ...Object.fromEntries(telematicsFields.map(({ name }, i) => [name, steps[i] ?? null])) }
  },
  fromAvro(value) {
    const row = value as Record<string, number | null> & { seq: number }
    const steps: Quantized = telematicsFields.map(({ name }) => row[name] ?? null)
    return dequantize(row.seq, steps)
  },
}

type AvroEvent = Omit<DrivingEvent, 'trace'> & { trace: PackedTrace | null }
type AvroTrips =
  | { 'fairmile.v1.TripStarted': Omit<Extract<TripsRecord, { type: 'trip_started' }>, 'type'> }
  | { 'fairmile.v1.DrivingEvent': AvroEvent }
  | { 'fairmile.v1.Trip': TripRecord }

const trips: RecordCodec<TripsRecord> = {
  since: 1,
  schema: schemaCodec(tripsSchema),
  toAvro(record): AvroTrips {
    checkTrips(record)
    if (record.type === 'trip_started') {
      const { type, ...started } = record
      return { 'fairmile.v1.TripStarted': started }
    }
    if (record.type === 'trip') return { 'fairmile.v1.Trip': record.trip }
    const { trace } = record.event
    return { 'fairmile.v1.DrivingEvent': { ...record.event, trace: trace === null ? null : packTrace(trace) } }
  },
  fromAvro(value) {
    const record = fromTrips(value as AvroTrips)
    checkTrips(record)
    return record
  },
}

function fromTrips(value: AvroTrips): TripsRecord {
  if ('fairmile.v1.TripStarted' in value) return { type: 'trip_started', ...value['fairmile.v1.TripStarted'] }
  if ('fairmile.v1.Trip' in value) {
    const trip = value['fairmile.v1.Trip']
    return { type: 'trip', trip: { ...trip, statistics: plain(trip.statistics) } }
  }
  const event = value['fairmile.v1.DrivingEvent']
  return { type: 'event', event: { ...event, trace: event.trace === null ? null : unpackTrace(event.trace) } }
}

/** Without avsc's classes, so that a decoded record equals and clones like any other object. */
const plain = (statistics: TripStatistics): TripStatistics => ({
  ...statistics,
  events: statistics.events.map((count) => ({ ...count })),
})

const alerts: RecordCodec<UrgentRecord> = {
  since: 1,
  schema: schemaCodec(urgentSchema),
  carries: ({ type }) => type === 'alert',
  toAvro(record) {
    checkUrgent(record)
    return (record as Extract<UrgentRecord, { type: 'alert' }>).alert
  },
  fromAvro(value) {
    const record: UrgentRecord = { type: 'alert', alert: { ...(value as Alert) } }
    checkUrgent(record)
    return record
  },
}

const crashes: RecordCodec<UrgentRecord> = {
  since: 2,
  schema: schemaCodec(crashSchema),
  carries: ({ type }) => type === 'crash',
  toAvro(record) {
    checkUrgent(record)
    const { crash } = record as Extract<UrgentRecord, { type: 'crash' }>
    return { ...crash, imu: packReadings(crash.imu) }
  },
  fromAvro(value) {
    const { imu, ...facts } = value as Omit<CrashRecord, 'imu'> & { imu: PackedReadings }
    const record: UrgentRecord = { type: 'crash', crash: { ...facts, imu: unpackReadings(imu) } }
    checkUrgent(record)
    return record
  },
}

interface AvroRaw {
  at: number
  imu: PackedTable
  fixes: PackedTable
}

const raw: RecordCodec<RawChunk> = {
  since: 2,
  schema: schemaCodec(rawSchema),
  toAvro({ at, imu, fixes }): AvroRaw {
    checkRaw(at)
    return { at, imu: packTable('imu', imu), fixes: packTable('fixes', fixes) }
  },
  fromAvro(value) {
    const { at, imu, fixes } = value as AvroRaw
    checkRaw(at)
    return { at, imu: unpackTable('imu', imu), fixes: unpackTable('fixes', fixes) }
  },
}

/** By lane, the oldest first. */
const codecs: { readonly [L in Lane]: readonly RecordCodec<LaneRecords[L]>[] } = {
  urgent: [alerts, crashes],
  trips: [trips],
  telematics: [telematics],
  raw: [raw],
}

/** The codecs of a lane's single records, the oldest first. */
export const recordCodecs = <L extends Lane>(lane: L): readonly RecordCodec<LaneRecords[L]>[] => codecs[lane]

/** Marker of Avro's single-object encoding; no record of the first schemas begins so. */
const marker = Buffer.from([0xc3, 0x01])
const headerLength = marker.length + 8

/**
 * Encodes one record of a lane at the wire's resolution, for a row of the outbox: by the oldest schema that has room for it, so that an
 * agent that was put back to an older version still reads the rows that it could have written. The first schema's record stands by itself,
 * a later one's has Avro's single-object header.
 * @throws {BatchError} `out_of_range` for values that the cloud would refuse.
 */
export function encodeRecord<L extends Lane>(lane: L, record: LaneRecords[L]): Buffer {
  const known = recordCodecs(lane)
  const codec = known.find(({ carries = () => true }) => carries(record)) ?? known.at(-1)!
  const body = codec.schema.encode(codec.toAvro(record))
  return codec.since === firstWireVersion ? body : Buffer.concat([marker, codec.schema.fingerprint, body])
}

/**
 * Decodes what `encodeRecord` of this version or any before it wrote.
 * @throws {RangeError} for bytes that are no such record, {BatchError} for values that cannot be and for a schema to come.
 */
export function decodeRecord<L extends Lane>(lane: L, bytes: Uint8Array): LaneRecords[L] {
  const marked = bytes[0] === marker[0] && bytes[1] === marker[1]
  const fingerprint = bytes.subarray(marker.length, headerLength)
  const codec = recordCodecs(lane).find(({ schema }) => !marked || schema.fingerprint.equals(fingerprint))
  if (codec === undefined) {
    const hex = Buffer.from(fingerprint).toString('hex')
    throw new BatchError('unknown_schema', `Decoding a ${lane} record: no schema has the fingerprint "${hex}"`)
  }
  const { value, end } = codec.schema.decode(bytes, marked ? headerLength : 0)
  if (end !== bytes.length) throw new RangeError(`Decoding a ${lane} record: ${bytes.length - end} bytes left over`)
  return codec.fromAvro(value)
}
