import type { EventTrace } from '@fairmile/contract/driving-event.ts'
import { bands, eventKinds, grades } from '@fairmile/contract/driving-event.ts'
import { type TripStatistics, tripEndReasons } from '@fairmile/contract/trip.ts'
import { sql } from 'drizzle-orm'
import { bigint, doublePrecision, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const moment = (name: string) => timestamp(name, { withTimezone: true })

/** Trips; whose they are is settled by the policy that covered the vehicle when they began. */
export const trips = pgTable(
  'trips',
  {
    id: text('id').primaryKey(),
    deviceId: text('device_id').notNull(),
    bootId: bigint('boot_id', { mode: 'number' }).notNull(),
    vehicleId: text('vehicle_id').notNull(),
    /** Null where no policy covered the vehicle. */
    driverId: text('driver_id'),
    policyId: text('policy_id'),
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
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    index('trips_driver_id_idx').on(table.driverId, table.startAt.desc(), table.id.desc()),
    index('trips_device_id_idx').on(table.deviceId, table.startAt.desc()),
  ],
)

/** Judged events with their traces. */
export const drivingEvents = pgTable(
  'driving_events',
  {
    id: text('id').primaryKey(),
    tripId: text('trip_id').notNull(),
    deviceId: text('device_id').notNull(),
    bootId: bigint('boot_id', { mode: 'number' }).notNull(),
    driverId: text('driver_id'),
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
  },
  (table) => [
    index('driving_events_trip_id_idx').on(table.tripId, table.startAt),
    index('driving_events_driver_id_idx').on(table.driverId, table.startAt.desc()),
  ],
)
