import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import { tripCauses, tripSources } from '@fairmile/contract/http/trip-versions.ts'
import { type TripStatistics, tripEndReasons } from '@fairmile/contract/trip.ts'
import type { DriverStatistics } from '@fairmile/models/trips/driver-statistics.ts'
import type { TripAccount } from '@fairmile/models/trips/trip-account.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { bytea } from './bytea.ts'
import { devices } from './devices.ts'
import { drivers, policies } from './people.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })
const whole = (name: string) => bigint(name, { mode: 'number' })

/** Versions of trips that count no more, or never did; columns as in `trips`. */
export const tripVersions = pgTable(
  'trip_versions',
  {
    tripId: text('trip_id').notNull(),
    version: integer('version').notNull(),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    bootId: whole('boot_id').notNull(),
    driverId: text('driver_id').references(() => drivers.id),
    policyId: text('policy_id').references(() => policies.id),
    source: text('source', { enum: tripSources }).notNull(),
    startAt: moment('start_at').notNull(),
    endAt: moment('end_at').notNull(),
    endReason: text('end_reason', { enum: tripEndReasons }),
    firstSeq: whole('first_seq').notNull(),
    lastSeq: whole('last_seq').notNull(),
    thresholdsHash: text('thresholds_hash').notNull(),
    statistics: jsonb('statistics').$type<TripStatistics>().notNull(),
    recordHash: text('record_hash'),
    recordedAt: moment('recorded_at').notNull(),
    cause: text('cause', { enum: tripCauses }).notNull(),
    changedBy: text('changed_by'),
    changeReason: text('change_reason'),
    correlationId: text('correlation_id'),
  },
  (table) => [primaryKey({ columns: [table.tripId, table.version] })],
)

/** What records of an event said that count no more, or never did. */
export const drivingEventVersions = pgTable(
  'driving_event_versions',
  {
    eventId: text('event_id').notNull(),
    bootId: whole('boot_id').notNull(),
    seq: whole('seq').notNull(),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.id),
    event: jsonb('event').$type<DrivingEvent>().notNull(),
    recordedAt: moment('recorded_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.bootId, table.seq] })],
)

/** What the cloud makes of a trip's telematics: every version, the highest counts. */
export const tripAccounts = pgTable(
  'trip_accounts',
  {
    tripId: text('trip_id').notNull(),
    version: integer('version').notNull(),
    computedAt: moment('computed_at').notNull(),
    account: jsonb('account').$type<TripAccount>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tripId, table.version] })],
)

/** Stretches of a device's log whose trips are to be looked at; without a last number to the end of the boot. */
export const tripTouches = pgTable(
  'trip_touches',
  {
    id: whole('id').primaryKey().generatedAlwaysAsIdentity(),
    deviceId: text('device_id').notNull(),
    bootId: whole('boot_id').notNull(),
    firstSeq: whole('first_seq').notNull(),
    lastSeq: whole('last_seq'),
    /** Of seconds that came late: when they were. */
    fromAt: moment('from_at'),
    toAt: moment('to_at'),
    /** A record of the car came: nothing new that could be driving without one. */
    accountsOnly: boolean('accounts_only').notNull().default(false),
    dueAt: moment('due_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
  },
  (table) => [
    index('trip_touches_due_idx').on(table.dueAt),
    index('trip_touches_open_idx').on(table.deviceId, table.bootId).where(sql`${table.lastSeq} IS NULL`),
    index('trip_touches_late_idx').on(table.deviceId).where(sql`${table.fromAt} IS NOT NULL`),
  ],
)

/** A driver's trips added up over 7, 30 and 90 days before the end of the newest one. */
export const driverStatisticsTable = pgTable(
  'driver_statistics',
  {
    driverId: text('driver_id')
      .notNull()
      .references(() => drivers.id),
    days: smallint('days').notNull(),
    fromAt: moment('from_at').notNull(),
    untilAt: moment('until_at').notNull(),
    trips: integer('trips').notNull(),
    statistics: jsonb('statistics').$type<DriverStatistics>().notNull(),
    /** The same as numbers (`packStatistics`), and how many rows of `trips` they are of. */
    sums: bytea('sums'),
    tripRows: integer('trip_rows'),
    /** The newest trip that concerns a policy of the driver's own, and that policy: what a score that no trip caused is of. */
    tripId: text('trip_id'),
    policyId: text('policy_id'),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.driverId, table.days] })],
)

/** Drivers whose trips changed since they were added up: written by triggers on `trips`, taken away by who adds up. */
export const driverTouches = pgTable(
  'driver_touches',
  { id: whole('id').primaryKey().generatedAlwaysAsIdentity(), driverId: text('driver_id').notNull() },
  (table) => [index('driver_touches_driver_idx').on(table.driverId)],
)
