import { type SchemaCodec, schemaCodec } from './avro/schema-codec.ts'
import { dequantize, type Quantized, quantize } from './columns/quantize.ts'
import { telematicsFields } from './columns/telematics-fields.ts'
import { type PackedTrace, packTrace, unpackTrace } from './columns/trace.ts'
import type { DrivingEvent } from './driving-event.ts'
import { checkTrips, checkUrgent } from './range.ts'
import type { Alert, TripsRecord, UrgentRecord } from './records.ts'
import { telematicsEventSchema } from './schemas/telematics.ts'
import { tripsSchema } from './schemas/trips.ts'
import { urgentSchema } from './schemas/urgent.ts'
import type { TelematicsEvent } from './telematics.ts'
import type { Lane } from './topics.ts'
import type { TripRecord, TripStatistics } from './trip.ts'

/** What a lane carries. Nothing is written to `raw` yet. */
export interface LaneRecords {
  urgent: UrgentRecord
  trips: TripsRecord
  telematics: TelematicsEvent
  raw: never
}

interface RecordCodec<R> {
  readonly schema: SchemaCodec
  toAvro(record: R): unknown
  /** @throws {RangeError | BatchError} for values that cannot be. */
  fromAvro(value: unknown): R
}

const telematics: RecordCodec<TelematicsEvent> = {
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

const urgent: RecordCodec<UrgentRecord> = {
  schema: schemaCodec(urgentSchema),
  toAvro(record) {
    checkUrgent(record)
    return record.alert
  },
  fromAvro(value) {
    const record: UrgentRecord = { type: 'alert', alert: { ...(value as Alert) } }
    checkUrgent(record)
    return record
  },
}

const codecs = { telematics, trips, urgent }

/** The codec of a lane's single records. @throws {TypeError} for `raw`, which carries nothing yet. */
export function recordCodec<L extends Lane>(lane: L): RecordCodec<LaneRecords[L]> {
  if (lane === 'raw') throw new TypeError('The lane "raw" carries no records in this version of the wire')
  return codecs[lane as keyof typeof codecs] as unknown as RecordCodec<LaneRecords[L]>
}

/**
 * Encodes one record of a lane as plain Avro at the wire's resolution, for a row of the outbox.
 * @throws {BatchError} `out_of_range` for values that the cloud would refuse.
 */
export function encodeRecord<L extends Lane>(lane: L, record: LaneRecords[L]): Buffer {
  const { schema, toAvro } = recordCodec(lane)
  return schema.encode(toAvro(record))
}

/**
 * Decodes what `encodeRecord` wrote.
 * @throws {RangeError} for bytes that are no such record, {BatchError} for values that cannot be.
 */
export function decodeRecord<L extends Lane>(lane: L, bytes: Uint8Array): LaneRecords[L] {
  const { schema, fromAvro } = recordCodec(lane)
  const { value, end } = schema.decode(bytes, 0)
  if (end !== bytes.length) throw new RangeError(`Decoding a ${lane} record: ${bytes.length - end} bytes left over`)
  return fromAvro(value)
}
