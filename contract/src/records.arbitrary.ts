/** Random records for property tests: everything a lane can carry, at the wire's resolution. */
import fc from 'fast-check'
import { rawTables } from './columns/raw-columns.ts'
import { telematicsFields } from './columns/telematics-fields.ts'
import type { CrashRecord } from './crash.ts'
import { bands, type DrivingEvent, type EventTrace, eventKinds, grades } from './driving-event.ts'
import type { RawChunk } from './raw-chunk.ts'
import type { TripsRecord, UrgentRecord } from './records.ts'
import type { TelematicsEvent } from './telematics.ts'
import { accelerationBinsG, jerkBinsMps3, speedBinsKmh, type TripStatistics, tripEndReasons } from './trip.ts'

/** Ordinary objects, as `deepEqual` wants them. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true }) as unknown as fc.Arbitrary<T>

const at = fc.integer({ min: 0, max: 4_102_444_800_000 })
const id = fc.stringMatching(/^[A-Z]{3}-[0-9A-Z]{12}$/)
const kind = fc.constantFrom(...eventKinds)
const band = fc.constantFrom(...bands)
const grade = fc.constantFrom(...grades)
const plain = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value + 0)
const maybe = (min: number, max: number) => fc.option(plain(min, max))
const stepped = (scale: number, min: number, max: number) =>
  fc.integer({ min: Math.ceil(min * scale), max: Math.floor(max * scale) }).map((steps) => steps / scale)

/** One telematics event whose numbers are at the wire's resolution already. */
export const telematicsEvent: fc.Arbitrary<Omit<TelematicsEvent, 'seq'>> = record(
  Object.fromEntries(
    telematicsFields.map(({ name, scale, min, max, nullable }) => [
      name,
      nullable ? fc.option(stepped(scale, min, max)) : stepped(scale, min, max),
    ]),
  ),
) as unknown as fc.Arbitrary<Omit<TelematicsEvent, 'seq'>>

/** An alert; crashes are `crashRecord`. */
export const urgentRecord: fc.Arbitrary<Extract<UrgentRecord, { type: 'alert' }>> = record({
  eventId: id,
  tripId: id,
  kind,
  band,
  at,
  value: plain(0, 100),
  speedMps: maybe(0, 150),
  lat: maybe(-90, 90),
  lon: maybe(-180, 180),
}).map((alert) => ({ type: 'alert' as const, alert }))

const trace: fc.Arbitrary<EventTrace> = fc.integer({ min: 0, max: 40 }).chain((points) => {
  const column = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: points, maxLength: points })
  return record({
    offsetMs: column(fc.integer({ min: -10_000, max: 60_000 })),
    speedMps: column(fc.option(stepped(100, 0, 80))),
    aLong: column(fc.option(stepped(1000, -30, 30))),
    aLat: column(fc.option(stepped(1000, -30, 30))),
    lat: column(fc.option(stepped(1e7, -90, 90))),
    lon: column(fc.option(stepped(1e7, -180, 180))),
  })
})

const event: fc.Arbitrary<DrivingEvent> = record({
  id,
  tripId: id,
  kind,
  startAt: fc.integer({ min: 0, max: 3e12 }),
  endAt: fc.integer({ min: 0, max: 600_000 }),
  peak: plain(0, 100),
  band,
  grade,
  gradeReasons: fc.array(fc.stringMatching(/^[a-z_]{1,30}$/), { maxLength: 4 }),
  lat: maybe(-90, 90),
  lon: maybe(-180, 180),
  startSpeedMps: maybe(0, 150),
  endSpeedMps: maybe(0, 150),
  limitKmh: fc.option(fc.integer({ min: 5, max: 130 })),
  trace: fc.option(trace),
}).map((value) => ({ ...value, endAt: value.startAt + value.endAt }))

const seconds = plain(0, 1e6)
const histogram = (length: number) => fc.array(seconds, { minLength: length, maxLength: length })
const numbers = [
  ...['distanceM', 'gradableM', 'durationS', 'movingS', 'idleS', 'speedMaxMps', 'speedSum', 'speedSquareSum', 'imuS'],
  ...['aLongSquareSum', 'aLatSquareSum', 'jerkSquareSum', 'weekendS', 'limitKnownS', 'phoneS', 'phoneKnownS'],
  ...['riskSum', 'riskS'],
]
const statistics = record({
  ...Object.fromEntries(numbers.map((name) => [name, seconds])),
  stops: fc.nat({ max: 1000 }),
  speedHistS: histogram(speedBinsKmh.length + 1),
  aLongHistS: histogram(accelerationBinsG.length + 1),
  aLatHistS: histogram(accelerationBinsG.length + 1),
  jerkHistS: histogram(jerkBinsMps3.length + 1),
  hourHistS: histogram(24),
  overLimitS: histogram(3),
  events: fc.array(record({ kind, band, grade, count: fc.nat({ max: 100 }) }), { maxLength: 5 }),
}) as unknown as fc.Arbitrary<TripStatistics>

const trip = record({
  id,
  startAt: fc.integer({ min: 0, max: 3e12 }),
  endAt: fc.integer({ min: 0, max: 86_400_000 }),
  endReason: fc.constantFrom(...tripEndReasons),
  startLat: maybe(-90, 90),
  startLon: maybe(-180, 180),
  endLat: maybe(-90, 90),
  endLon: maybe(-180, 180),
  firstSeq: fc.nat(),
  lastSeq: fc.nat(),
  thresholdsHash: fc.stringMatching(/^[0-9a-f]{64}$/),
  statistics,
}).map((value) => ({ ...value, endAt: value.startAt + value.endAt }))

export const tripsRecord: fc.Arbitrary<TripsRecord> = fc.oneof(
  fc
    .record({ tripId: id, startAt: at, lat: maybe(-90, 90), lon: maybe(-180, 180) })
    .map((started) => ({ type: 'trip_started' as const, ...started })),
  event.map((value) => ({ type: 'event' as const, event: value })),
  trip.map((value) => ({ type: 'trip' as const, trip: value })),
)

const rawTable = (name: keyof typeof rawTables, rows: number) =>
  record(
    Object.fromEntries(
      Object.entries(rawTables[name]).map(([column, { scale, min, max, nullable }]) => {
        const value = stepped(scale, min, max)
        return [column, fc.array(nullable ? fc.option(value) : value, { minLength: rows, maxLength: rows })]
      }),
    ),
  )

export const rawChunk: fc.Arbitrary<RawChunk> = fc
  .tuple(fc.nat({ max: 30 }), fc.nat({ max: 4 }))
  .chain(([samples, fixes]) =>
    record({ at, imu: rawTable('imu', samples), fixes: rawTable('fixes', fixes) }),
  ) as unknown as fc.Arbitrary<RawChunk>

const readings = (rows: number): fc.Arbitrary<CrashRecord['imu']> => {
  const column = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: rows, maxLength: rows })
  const force = column(stepped(200, -160, 160))
  const rate = column(fc.option(stepped(1000, -32, 32)))
  const offsetMs = column(stepped(10, 0, 600_000))
  return record({ offsetMs, ax: force, ay: force, az: force, gx: rate, gy: rate, gz: rate })
}

export const crashRecord: fc.Arbitrary<Extract<UrgentRecord, { type: 'crash' }>> = fc
  .nat({ max: 30 })
  .chain((samples) =>
    record<CrashRecord>({
      eventId: id,
      tripId: id,
      at,
      deltaVMps: plain(0, 40),
      directionDeg: fc.option(plain(0, 359)),
      peakMps2: plain(0, 400),
      rolledOver: fc.boolean(),
      saturated: fc.boolean(),
      rateHz: plain(40, 1000),
      fromMs: fc.integer({ min: -30_000, max: 10_000 }),
      imu: readings(samples),
    }),
  )
  .map((crash) => ({ type: 'crash' as const, crash }))
