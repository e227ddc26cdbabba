import { type SQL, sql } from 'drizzle-orm'
import {
  column,
  eventColumns,
  premiumColumns,
  redemptionColumns,
  redemptionTables,
  type SourceColumn,
  tripColumns,
} from './source-columns.ts'

/** A moment's range: the end is not included. */
export interface Range {
  readonly fromMs: number
  readonly toMs: number
}

/** Rows that are exported, in the order of a key. Texts are parts of statements: never from outside. */
export interface DataSet {
  /** What a row is called where several sets are in one file. */
  readonly record: string
  readonly columns: readonly SourceColumn[]
  /** After `FROM`. */
  readonly tables: string | SQL
  /** Which rows, of a driver or of all. */
  readonly where: (of: { driverId: string; range: Range }) => SQL
  /** What orders the rows, and tells each from the others. */
  readonly key: readonly (readonly [expression: string, type: 'text' | 'timestamptz' | 'bigint'])[]
  /** Rows read at a time: some hundreds of kilobytes. */
  readonly pageRows: number
}

export const moment = (ms: number): SQL => sql`${new Date(ms).toISOString()}::timestamptz`
export const within = (expression: string, { fromMs, toMs }: Range): SQL =>
  sql`${sql.raw(expression)} >= ${moment(fromMs)} AND ${sql.raw(expression)} < ${moment(toMs)}`
const mine =
  (driver: string, at: string): DataSet['where'] =>
  ({ driverId, range }) =>
    sql`${sql.raw(driver)} = ${driverId} AND ${within(at, range)}`
/** To a driver, a trip that another's policy pays for is told without it, and so is a contest of one. @param row alias of the table */
const ownPolicy = (row: string): string =>
  `(SELECT own.id FROM policies own WHERE own.id = ${row}.policy_id AND own.driver_id = ${row}.driver_id)`
const ownTripColumns = tripColumns.map((known) =>
  known.name === 'policy_id' ? column('policy_id', 'text', ownPolicy('t')) : known,
)
const tripPlaces = [
  column('start_lat', 'number', 't.start_lat'),
  column('start_lon', 'number', 't.start_lon'),
  column('end_lat', 'number', 't.end_lat'),
  column('end_lon', 'number', 't.end_lon'),
  column('statistics', 'json', 't.statistics'),
]
/** What a driver's export has, but for the seconds of the trips (`trip-seconds.ts`). */
export const driverSets = {
  self: {
    record: 'driver',
    columns: [
      column('driver_id', 'text', 'd.id'),
      column('name', 'text', 'd.name'),
      column('emails', 'text', "(SELECT string_agg(email, ' ' ORDER BY email) FROM users WHERE driver_id = d.id)"),
      column('created_at', 'time', 'd.created_at'),
    ],
    tables: 'drivers d',
    where: ({ driverId }) => sql`d.id = ${driverId}`,
    ...{ key: [['d.id', 'text']], pageRows: 1 },
  },
  policies: {
    record: 'policy',
    columns: [
      column('policy_id', 'text', 'o.id'),
      column('vehicle_id', 'text', 'o.vehicle_id'),
      column('vehicle', 'text', 'v.name'),
      column('plan_id', 'text', 'o.plan_id'),
      column('starts_on', 'text', 'o.starts_on::text'),
      column('ends_on', 'text', 'o.ends_on::text'),
      column('state', 'text', 'o.state'),
      column('rated', 'json', 'o.rated'),
    ],
    tables: 'policies o JOIN vehicles v ON v.id = o.vehicle_id',
    where: ({ driverId }) => sql`o.driver_id = ${driverId}`,
    ...{ key: [['o.id', 'text']], pageRows: 200 },
  },
  policyHistory: {
    record: 'policy_change',
    columns: [
      column('policy_id', 'text', 'h.policy_id'),
      column('kind', 'text', 'h.kind'),
      column('on_day', 'text', 'h.on_day::text'),
      column('reason', 'text', 'h.reason'),
      column('recorded_at', 'time', 'h.recorded_at'),
    ],
    tables: 'policies o JOIN policy_changes h ON h.policy_id = o.id',
    where: ({ driverId }) => sql`o.driver_id = ${driverId}`,
    ...{ key: [['h.id', 'bigint']], pageRows: 200 },
  },
  trips: {
    ...{ record: 'trip', columns: [...ownTripColumns, ...tripPlaces], tables: 'trips t', pageRows: 200 },
    where: mine('t.driver_id', 't.start_at'),
    key: [
      ['t.start_at', 'timestamptz'],
      ['t.id', 'text'],
    ],
  },
  events: {
    record: 'event',
    columns: [
      ...eventColumns,
      column('lat', 'number', 'e.lat'),
      column('lon', 'number', 'e.lon'),
      column('trace', 'json', 'e.trace'),
    ],
    tables: 'trips t JOIN driving_events e ON e.trip_id = t.id AND e.device_id = t.device_id',
    where: mine('t.driver_id', 't.start_at'),
    key: [
      ['t.start_at', 'timestamptz'],
      ['t.id', 'text'],
      ['e.start_at', 'timestamptz'],
      ['e.id', 'text'],
    ],
    pageRows: 100,
  },
  scores: {
    record: 'score',
    columns: [
      column('version', 'integer'),
      column('calculated_at', 'time'),
      column('trip_id', 'text'),
      column('risk', 'number'),
      column('risk_low', 'number'),
      column('risk_high', 'number'),
      column('relativity', 'number'),
      column('exposure_km', 'number'),
      column('judged_km', 'number'),
      column('trips', 'integer'),
      column('period_days', 'integer'),
      column('model_name', 'text'),
      column('model_version', 'text'),
    ],
    tables: 'scores',
    where: mine('driver_id', 'calculated_at'),
    key: [['version', 'bigint']],
    pageRows: 500,
  },
  premiums: {
    ...{ record: 'premium', columns: premiumColumns, tables: 'premiums p', pageRows: 500 },
    where: mine('p.driver_id', 'p.calculated_at'),
    key: [
      ['p.calculated_at', 'timestamptz'],
      ['p.policy_id', 'text'],
      ['p.version', 'bigint'],
    ],
  },
  receipts: {
    record: 'receipt',
    columns: [
      column('receipt_id', 'text', 'id'),
      column('policy_id', 'text'),
      column('issued_at', 'time'),
      column('hash', 'text'),
      column('root_day', 'text', 'root_day::text'),
    ],
    tables: 'receipts',
    where: mine('driver_id', 'issued_at'),
    key: [
      ['issued_at', 'timestamptz'],
      ['id', 'text'],
    ],
    pageRows: 500,
  },
  ledger: {
    record: 'ledger_entry',
    columns: [
      column('policy_id', 'text', 'l.policy_id'),
      column('seq', 'integer', 'l.seq'),
      column('kind', 'text', 'l.kind'),
      column('amount_minor', 'integer', 'l.amount_minor'),
      column('balance_minor', 'integer', 'l.balance_minor'),
      column('currency', 'text', 'l.currency'),
      column('through_day', 'text', 'l.through_day::text'),
      column('receipt_id', 'text', 'l.receipt_id'),
      column('recorded_at', 'time', 'l.recorded_at'),
    ],
    tables: 'policies o JOIN premium_entries l ON l.policy_id = o.id',
    where: mine('o.driver_id', 'l.recorded_at'),
    key: [
      ['l.policy_id', 'text'],
      ['l.seq', 'bigint'],
    ],
    pageRows: 500,
  },
  // Without what is still reserved: the insurer's own estimate of what it may have to pay.
  claims: {
    record: 'claim',
    columns: [
      column('claim_id', 'text', 'c.id'),
      column('policy_id', 'text', 'c.policy_id'),
      column('coverage', 'text', 'c.coverage'),
      column('occurred_on', 'text', 'c.occurred_on::text'),
      column('paid_minor', 'integer', 'c.paid_minor'),
      column('currency', 'text', 'c.currency'),
      column('state', 'text', 'c.state'),
      column('told_at', 'time', 'c.told_at'),
    ],
    tables: 'policies o JOIN claims c ON c.policy_id = o.id',
    where: mine('o.driver_id', 'c.occurred_on'),
    key: [['c.id', 'text']],
    pageRows: 500,
  },
  contests: {
    record: 'contest',
    columns: [
      column('contest_id', 'text', 'id'),
      column('event_id', 'text'),
      column('trip_id', 'text'),
      column('policy_id', 'text', ownPolicy('c')),
      column('reason', 'text'),
      column('words', 'text'),
      column('limit_kmh', 'number'),
      column('state', 'text'),
      column('opened_at', 'time'),
      column('settled_at', 'time'),
    ],
    tables: 'contests c',
    where: mine('driver_id', 'opened_at'),
    key: [
      ['opened_at', 'timestamptz'],
      ['id', 'text'],
    ],
    pageRows: 200,
  },
  redemptions: {
    ...{ record: 'redemption', columns: redemptionColumns, tables: redemptionTables, pageRows: 200 },
    where: mine('a.driver_id', 'r.made_at'),
    key: [
      ['r.made_at', 'timestamptz'],
      ['r.id', 'text'],
    ],
  },
  notifications: {
    record: 'notification',
    columns: [
      column('notification_id', 'text', 'id::text'),
      column('kind', 'text'),
      column('data', 'json'),
      column('created_at', 'time'),
      column('read_at', 'time'),
    ],
    tables: 'notifications',
    where: mine('driver_id', 'created_at'),
    key: [['id', 'bigint']],
    pageRows: 200,
  },
  preferences: {
    record: 'notification_preferences',
    columns: [column('preferences', 'json'), column('updated_at', 'time')],
    tables: 'notification_preferences',
    where: ({ driverId }) => sql`driver_id = ${driverId}`,
    ...{ key: [['driver_id', 'text']], pageRows: 1 },
  },
  // Without its keys and the rest of its address: who has the file could write to the browser.
  pushes: {
    record: 'push_subscription',
    columns: [
      column('subscription_id', 'text', 'id'),
      column('service', 'text', "substring(endpoint FROM '^[a-z]+://[^/]+')"),
      column('created_at', 'time'),
    ],
    tables: 'push_subscriptions',
    where: ({ driverId }) => sql`driver_id = ${driverId}`,
    ...{ key: [['id', 'text']], pageRows: 200 },
  },
} satisfies Record<string, DataSet>
