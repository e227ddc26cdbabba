import { contestReasons, contestRulings, contestStates, rulers } from '@fairmile/contract/contest.ts'
import { bands } from '@fairmile/contract/driving-event.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { drivers, policies } from './people.ts'
import { drivingEvents } from './trips.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })
const whole = (name: string) => bigint(name, { mode: 'number' })

/** Contests of events by their drivers; ids look like `CON-4K7Z…`. */
export const contests = pgTable(
  'contests',
  {
    id: text('id').primaryKey(),
    eventId: text('event_id')
      .notNull()
      .references(() => drivingEvents.id),
    tripId: text('trip_id').notNull(),
    driverId: text('driver_id')
      .notNull()
      .references(() => drivers.id),
    policyId: text('policy_id').references(() => policies.id),
    reason: text('reason', { enum: contestReasons }).notNull(),
    words: text('words').notNull(),
    /** What the driver says the limit is. */
    limitKmh: doublePrecision('limit_kmh'),
    state: text('state', { enum: contestStates }).notNull(),
    version: integer('version').notNull().default(1),
    openedAt: moment('opened_at').notNull(),
    openedBy: text('opened_by').notNull(),
    onBehalf: boolean('on_behalf').notNull(),
    /** An admin opened it for the driver, and it was taken back without them: their right to contest is as before. */
    undone: boolean('undone').notNull().default(false),
    ruleBy: moment('rule_by').notNull(),
    settledAt: moment('settled_at'),
    /** Who drove instead, where that is known. */
    drivenBy: text('driven_by').references(() => drivers.id),
    /** Who drove had been settled by a person before. */
    wasAssigned: boolean('was_assigned').notNull(),
    /** Numbers of the driver's TripCompleted by the contest and by its ruling. */
    suspendedBy: whole('suspended_by'),
    settledBy: whole('settled_by'),
  },
  (table) => [
    index('contests_of_event_idx').on(table.eventId),
    uniqueIndex('contests_by_driver_idx')
      .on(table.eventId, table.driverId)
      .where(sql`NOT ${table.undone} AND (${table.reason} <> 'not_me' OR ${table.state} <> 'upheld')`),
    uniqueIndex('contests_looked_at_idx')
      .on(table.eventId)
      .where(sql`${table.reason} <> 'not_me' AND ${table.state} IN ('open', 'awaiting_second')`),
    index('contests_driver_idx').on(table.driverId, table.openedAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('contests_trip_idx').on(table.tripId),
    index('contests_state_idx').on(table.state, table.ruleBy, table.id),
  ],
)

/** Every word on a contest; never changed. */
export const contestRulingRows = pgTable(
  'contest_rulings',
  {
    contestId: text('contest_id')
      .notNull()
      .references(() => contests.id),
    number: integer('number').notNull(),
    ruling: text('ruling', { enum: contestRulings }).notNull(),
    by: text('by', { enum: rulers }).notNull(),
    userId: text('user_id'),
    grounds: text('grounds').notNull(),
    at: moment('at').notNull(),
    settles: boolean('settles').notNull(),
    /** What the event had done to the premium by then, minor units; null where nobody knew. */
    effectMinor: whole('effect_minor'),
    currency: text('currency'),
    /** The limit that it corrects: where and from when until when. */
    limitKmh: doublePrecision('limit_kmh'),
    limitRadiusM: doublePrecision('limit_radius_m'),
    limitFrom: moment('limit_from'),
    limitUntil: moment('limit_until'),
    /** Who is said to have driven. */
    drivenBy: text('driven_by'),
    /** Ids of users who may have been at the log-in; null without one, and before it was kept. */
    hands: text('hands').array(),
  },
  (table) => [primaryKey({ columns: [table.contestId, table.number] })],
)

/** True limits by place, direction and time. */
export const limitCorrections = pgTable(
  'limit_corrections',
  {
    id: whole('id').primaryKey().generatedAlwaysAsIdentity(),
    contestId: text('contest_id')
      .notNull()
      .unique('limit_corrections_contest_id_key')
      .references(() => contests.id),
    lat: doublePrecision('lat').notNull(),
    lon: doublePrecision('lon').notNull(),
    /** Null for every direction. */
    headingDeg: doublePrecision('heading_deg'),
    radiusM: doublePrecision('radius_m').notNull(),
    limitKmh: doublePrecision('limit_kmh').notNull(),
    validFrom: moment('valid_from').notNull(),
    validUntil: moment('valid_until'),
    createdAt: moment('created_at').notNull(),
    /** Events within that were there when it was made are to be judged, … */
    due: boolean('due').notNull().default(true),
    /** … those up to this id have been. */
    judgedTo: text('judged_to'),
    /** How many events it changed, as releases before 0853 counted them; not read any more. */
    touched: integer('touched').notNull().default(0),
  },
  (table) => [
    index('limit_corrections_due_idx').on(table.id).where(sql`${table.due}`),
    index('limit_corrections_place_idx').on(table.lat),
  ],
)

/** Events of speeding that came and that were not looked at yet: corrected limits judge each alone. */
export const speedingNotes = pgTable('speeding_notes', {
  id: whole('id').primaryKey().generatedAlwaysAsIdentity(),
  eventId: text('event_id').notNull(),
})

/** What events of speeding are by a corrected limit. */
export const correctedEvents = pgTable(
  'corrected_events',
  {
    correctionId: whole('correction_id')
      .notNull()
      .references(() => limitCorrections.id),
    eventId: text('event_id')
      .notNull()
      .references(() => drivingEvents.id),
    tripId: text('trip_id').notNull(),
    /** Null where it is no event by that limit. */
    band: text('band', { enum: bands }),
    peak: doublePrecision('peak'),
    limitKmh: doublePrecision('limit_kmh').notNull(),
    judgedAt: moment('judged_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.correctionId, table.eventId] }),
    index('corrected_events_trip_idx').on(table.tripId),
  ],
)
