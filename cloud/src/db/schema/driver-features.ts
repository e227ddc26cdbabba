import { doublePrecision, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** The newest features of each driver, made from the trips of the days before the end of their newest one. */
export const driverFeatureSets = pgTable('driver_features', {
  driverId: text('driver_id').primaryKey(),
  /** What they were made of: the version of the features, and a hash of those trips and their versions. */
  basis: text('basis').notNull(),
  /** End of the newest trip. */
  asOf: timestamp('as_of', { withTimezone: true }).notNull(),
  computedAt: timestamp('computed_at', { withTimezone: true }).notNull(),
  trips: integer('trips').notNull(),
  exposureKm: doublePrecision('exposure_km').notNull(),
  /** Kilometres of them on which events could be graded. */
  judgedKm: doublePrecision('judged_km').notNull(),
  /** By name, exact 32-bit values; null is unknown. */
  features: jsonb('features').$type<Record<string, number | null>>().notNull(),
})
