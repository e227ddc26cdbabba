import {
  bigint,
  doublePrecision,
  index,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'

/**
 * Telematics events, a partition a month of `at`; units as in the contract's `TelematicsEvent`.
 *
 * `real` keeps the wire's resolution of everything but positions and prints it back as it was sent.
 */
export const telematicsEvents = pgTable(
  'telematics_events',
  {
    deviceId: text('device_id').notNull(),
    bootId: bigint('boot_id', { mode: 'number' }).notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    lat: doublePrecision('lat'),
    lon: doublePrecision('lon'),
    altM: real('alt_m'),
    speedMps: real('speed_mps'),
    headingDeg: real('heading_deg'),
    hdop: real('hdop'),
    aLongMin: real('a_long_min'),
    aLongMax: real('a_long_max'),
    aLatMin: real('a_lat_min'),
    aLatMax: real('a_lat_max'),
    aVertRms: real('a_vert_rms'),
    yawRateMax: real('yaw_rate_max'),
    limitKmh: real('limit_kmh'),
    liveRisk: real('live_risk'),
    quality: smallint('quality').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.deviceId, table.bootId, table.seq, table.at] }),
    index('telematics_events_at_idx').using('brin', table.at).with({ pages_per_range: 16 }),
  ],
)
