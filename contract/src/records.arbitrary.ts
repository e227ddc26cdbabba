/** Random records for property tests: everything a lane can carry, at the wire's resolution. */
import fc from 'fast-check'
import { rawTables } from './columns/raw-columns.ts'
import { telematicsFields } from './columns/telematics-fields.ts'
import type { CrashRecord } from './crash.ts'
import { bands, type DrivingEvent, type EventTrace, eventKinds, grades } from './driving-event.ts'
import type { RawChunk } from './raw-chunk.ts'
import type { TripsRecord, UrgentRecord } from './records.ts'
import type { TelematicsEvent } from './telematics.ts'
import {
  accelerationBinsG,
  jerkBinsMps3,
  speedBinsKmh,
  type TripRecord,
  type TripStatistics,
  tripEndReasons,
} from './trip.ts'

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

const histogram = (length: number, sum: number) =>
  fc
    .array(plain(0, 1), { minLength: length, maxLength: length })
    .map((shares) => shares.map((share) => (share * sum) / length))

/** Sums of a trip of so many seconds that do not contradict each other. */
const statistics = (tripS: number): fc.Arbitrary<TripStatistics> =>
  fc.tuple(plain(0, tripS), plain(0, 1), plain(0, 60)).chain(([durationS, moving, meanMps]) => {
    const movingS = durationS * moving
    const metres = movingS * meanMps
    return record<TripStatistics>({
      distanceM: fc.constant(metres),
      gradableM: plain(0, metres),
      durationS: fc.constant(durationS),
      movingS: fc.constant(movingS),
      idleS: plain(0, durationS - movingS),
      stops: fc.nat({ max: 10 }),
      speedMaxMps: plain(meanMps, 150),
      speedSum: fc.constant(metres),
      speedSquareSum: plain(metres * meanMps, metres * 150),
      speedHistS: histogram(speedBinsKmh.length + 1, movingS),
      imuS: plain(0, movingS),
      aLongHistS: histogram(accelerationBinsG.length + 1, movingS),
      aLatHistS: histogram(accelerationBinsG.length + 1, movingS),
      aLongSquareSum: plain(0, 1e6),
      aLatSquareSum: plain(0, 1e6),
      jerkHistS: histogram(jerkBinsMps3.length + 1, movingS),
      jerkSquareSum: plain(0, 1e6),
      hourHistS: histogram(24, movingS),
      weekendS: plain(0, movingS),
      limitKnownS: plain(60, 60 + movingS),
      overLimitS: histogram(3, 180) as unknown as fc.Arbitrary<TripStatistics['overLimitS']>,
      phoneS: plain(0, 60),
      phoneKnownS: plain(0, movingS),
      riskSum: plain(0, 1e6),
      riskS: plain(0, 1e6),
      events: fc.array(record({ kind, band, grade, count: fc.nat({ max: 2 }) }), { maxLength: 5 }),
    })
  })

/** A record of a trip that can be. */
export const tripRecord: fc.Arbitrary<TripRecord> = fc
  .integer({ min: 0, max: 86_400_000 })
  .chain((lastsMs) =>
    record({
      id,
      startAt: fc.integer({ min: 0, max: 3e12 }),
      endAt: fc.constant(lastsMs),
      endReason: fc.constantFrom(...tripEndReasons),
      startLat: maybe(-90, 90),
      startLon: maybe(-180, 180),
      endLat: maybe(-90, 90),
      endLon: maybe(-180, 180),
      firstSeq: fc.nat(),
      lastSeq: fc.nat(),
      thresholdsHash: fc.stringMatching(/^[0-9a-f]{64}$/),
      statistics: statistics(lastsMs / 1000),
    }),
  )
  .map((value) => ({ ...value, endAt: value.startAt + value.endAt, lastSeq: value.firstSeq + value.lastSeq }))

export const tripsRecord: fc.Arbitrary<TripsRecord> = fc.oneof(
  fc
    .record({ tripId: id, startAt: at, lat: maybe(-90, 90), lon: maybe(-180, 180) })
    .map((started) => ({ type: 'trip_started' as const, ...started })),
  event.map((value) => ({ type: 'event' as const, event: value })),
  tripRecord.map((value) => ({ type: 'trip' as const, trip: value })),
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
