import { sql } from 'drizzle-orm'
import { newestPremiumOf } from '../pricing/queries.ts'
import { newestShown } from '../risk/score-standing.ts'
import { type DataSet, moment, within } from './data-sets.ts'
import {
  column,
  eventColumns,
  premiumColumns,
  redemptionColumns,
  redemptionTables,
  tripColumns,
} from './source-columns.ts'

const everyones =
  (at: string): DataSet['where'] =>
  ({ range }) =>
    within(at, range)

/** Drivers with their newest score, which has no number while kilometres are missing, and premium. */
const driversBeside = sql`drivers d
  LEFT JOIN LATERAL ${newestShown(sql`d.id`)} s ON true
  LEFT JOIN LATERAL ${newestPremiumOf(sql`d.id`)} p ON true`

/** What an insurer may take of all drivers: nowhere a position. */
export const portfolioSetsOf = {
  drivers: {
    record: 'driver',
    columns: [
      column('driver_id', 'text', 'd.id'),
      column('name', 'text', 'd.name'),
      column('created_at', 'time', 'd.created_at'),
      column('risk', 'number', 's.risk'),
      column('relativity', 'number', 's.relativity'),
      column('judged_km', 'number', 's.judged_km'),
      column('missing_km', 'number', 's.missing_km'),
      column('scored_at', 'time', 's.calculated_at'),
      column('policy_id', 'text', 'p.policy_id'),
      column('premium_minor', 'integer', 'p.premium_minor'),
      column('currency', 'text', 'p.currency'),
    ],
    tables: driversBeside,
    // All there are by the end, however long they are insured.
    where: ({ range }) => sql`d.created_at < ${moment(range.toMs)}`,
    key: [['d.id', 'text']],
    pageRows: 500,
  },
  trips: {
    record: 'trip',
    columns: [column('driver_id', 'text', 't.driver_id'), ...tripColumns],
    ...{ tables: 'trips t', where: everyones('t.start_at'), key: [['t.id', 'text']], pageRows: 500 },
  },
  premiums: {
    record: 'premium',
    columns: [column('driver_id', 'text', 'p.driver_id'), ...premiumColumns],
    tables: 'premiums p',
    where: everyones('p.calculated_at'),
    key: [
      ['p.policy_id', 'text'],
      ['p.version', 'bigint'],
    ],
    pageRows: 500,
  },
  events: {
    record: 'event',
    columns: [column('driver_id', 'text', 't.driver_id'), ...eventColumns],
    tables: 'driving_events e LEFT JOIN trips t ON t.id = e.trip_id AND t.device_id = e.device_id',
    ...{ where: everyones('e.start_at'), key: [['e.id', 'text']], pageRows: 500 },
  },
  redemptions: {
    record: 'redemption',
    columns: [
      column('driver_id', 'text', 'a.driver_id'),
      ...redemptionColumns,
      column('settled_by', 'text', 'r.settled_by'),
      column('jurisdiction', 'text', 'r.jurisdiction'),
    ],
    ...{ tables: redemptionTables, where: everyones('r.made_at'), key: [['r.id', 'text']], pageRows: 500 },
  },
} satisfies Record<string, DataSet>
