import type { EventTrace } from '@fairmile/contract/driving-event.ts'
import { bands, eventKinds, grades } from '@fairmile/contract/driving-event.ts'
import { tripCauses, tripSources } from '@fairmile/contract/http/trip-versions.ts'
import { type TripStatistics, tripEndReasons } from '@fairmile/contract/trip.ts'
import { sql } from 'drizzle-orm'
import { bigint, boolean, doublePrecision, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { devices } from './devices.ts'
import { drivers, policies, vehicles } from './people.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })

/** Trips in the version that counts; whose they are is settled by the policy that covered the vehicle when they began. */
export const trips = pgTable(
  'trips',
  {
    id: text('id').primaryKey(),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    bootId: bigint('boot_id', { mode: 'number' }).notNull(),
    vehicleId: text('vehicle_id')
      .notNull()
      .references(() => vehicles.id),
    /** Null where no policy covered the vehicle. */
    driverId: text('driver_id').references(() => drivers.id),
    policyId: text('policy_id').references(() => policies.id),
    startAt: moment('start_at').notNull(),
    startLat: doublePrecision('start_lat'),
    startLon: doublePrecision('start_lon'),
    /** From here on null while the trip runs. */
    endAt: moment('end_at'),
    endReason: text('end_reason', { enum: tripEndReasons }),
    endLat: doublePrecision('end_lat'),
    endLon: doublePrecision('end_lon'),
    /** First and last sequence number of its telematics events in its boot. */
    firstSeq: bigint('first_seq', { mode: 'number' }),
    lastSeq: bigint('last_seq', { mode: 'number' }),
    thresholdsHash: text('thresholds_hash'),
    statistics: jsonb('statistics').$type<TripStatistics>(),
    /** The car's own, where those that count are others: an event is contested, or a limit was corrected. */
    carStatistics: jsonb('car_statistics').$type<TripStatistics>(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    /** Number of the version that this row is, 0 while the trip runs, and how many numbers were given out. */
    version: integer('version').notNull().default(0),
    versions: integer('versions').notNull().default(0),
    /** Who says so: `cloud` where the trip was found in telematics because no record of the car came. */
    source: text('source', { enum: tripSources }).notNull().default('car'),
    /** Why this version came to be; by whom and with what words where a person made it. */
    cause: text('cause', { enum: tripCauses }),
    changedBy: text('changed_by'),
    changeReason: text('change_reason'),
    /** What ties it to the batch or request that brought it, and to the scores and prices that followed. */
    correlationId: text('correlation_id'),
    /** Who drove was settled by a person: no record of the car changes it. */
    assigned: boolean('assigned').notNull().default(false),
    /** SHA-256 of the car's record, hex. */
    recordHash: text('record_hash'),
    /** Its end lay over a day ahead when it was told of (`isToldAhead`): no window of a driver ends with it or has it. */
    toldAhead: boolean('told_ahead').notNull().default(false),
    /** The trip that the same box was on at the time: because of that this one is nobody's. */
    overlapsId: text('overlaps_id'),
    /** Of the statistics, for sums over a fleet, m. */
    distanceM: doublePrecision('distance_m').generatedAlwaysAs(sql`(statistics ->> 'distanceM')::double precision`),
    gradableM: doublePrecision('gradable_m').generatedAlwaysAs(sql`(statistics ->> 'gradableM')::double precision`),
  },
  (table) => [
    index('trips_found_idx').on(table.deviceId, table.startAt).where(sql`${table.source} = 'cloud'`),
    index('trips_driver_id_idx').on(table.driverId, table.startAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('trips_policy_id_idx').on(table.policyId, table.startAt),
    index('trips_driver_seconds_idx').on(table.driverId, table.startAt),
    index('trips_start_at_idx').on(table.startAt).where(sql`${table.endAt} IS NOT NULL`),
    index('trips_open_idx').on(table.startAt).where(sql`${table.endAt} IS NULL`),
    index('trips_boot_idx').on(table.deviceId, table.bootId, table.lastSeq),
    index('trips_overlaps_idx').on(table.overlapsId).where(sql`${table.overlapsId} IS NOT NULL`),
    index('trips_device_id_idx').on(table.deviceId, table.startAt.desc().nullsFirst()),
  ],
)

/** Judged events with their traces. */
export const drivingEvents = pgTable(
  'driving_events',
  {
    id: text('id').primaryKey(),
    tripId: text('trip_id').notNull(),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    bootId: bigint('boot_id', { mode: 'number' }).notNull(),
    /** Its record's number in the lane of trips; null of an alarm. */
    seq: bigint('seq', { mode: 'number' }),
    kind: text('kind', { enum: eventKinds }).notNull(),
    startAt: moment('start_at').notNull(),
    endAt: moment('end_at').notNull(),
    /** m/s² for harsh events, m/s over the limit for speeding, s for phone use. */
    peak: doublePrecision('peak').notNull(),
    band: text('band', { enum: bands }).notNull(),
    grade: text('grade', { enum: grades }).notNull(),
    gradeReasons: text('grade_reasons').array().notNull().default(sql`'{}'`),
    lat: doublePrecision('lat'),
    lon: doublePrecision('lon'),
    startSpeedMps: doublePrecision('start_speed_mps'),
    endSpeedMps: doublePrecision('end_speed_mps'),
    limitKmh: doublePrecision('limit_kmh'),
    trace: jsonb('trace').$type<EventTrace>(),
    /** When it was first told here. */
    toldAt: moment('told_at').notNull().defaultNow(),
  },
  (table) => [
    index('driving_events_start_at_idx').on(table.startAt),
    index('driving_events_trip_id_idx').on(table.tripId, table.startAt),
    index('driving_events_place_idx').on(table.lat, table.lon).where(sql`${table.kind} = 'speeding'`),
  ],
)
