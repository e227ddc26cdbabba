import type { Column, ColumnType } from './columns.ts'

/** A column and what it is in the database. */
export interface SourceColumn extends Column {
  readonly from: string
}

export const column = (name: string, type: ColumnType, from = name): SourceColumn => ({ name, type, from })

const sumOf = (name: string): string => `(t.statistics->>'${name}')::float8`

/** Columns that the exports of a driver and of the portfolio share. */
export const tripColumns = [
  column('trip_id', 'text', 't.id'),
  column('start_at', 'time', 't.start_at'),
  column('end_at', 'time', 't.end_at'),
  column('end_reason', 'text', 't.end_reason'),
  column('version', 'integer', 't.version'),
  column('source', 'text', 't.source'),
  column('device_id', 'text', 't.device_id'),
  column('vehicle_id', 'text', 't.vehicle_id'),
  column('policy_id', 'text', 't.policy_id'),
  column('distance_m', 'number', sumOf('distanceM')),
  column('gradable_m', 'number', sumOf('gradableM')),
  column('duration_s', 'number', sumOf('durationS')),
  column('moving_s', 'number', sumOf('movingS')),
  column('idle_s', 'number', sumOf('idleS')),
  column('stops', 'number', sumOf('stops')),
  column('speed_max_mps', 'number', sumOf('speedMaxMps')),
]
export const eventColumns = [
  column('event_id', 'text', 'e.id'),
  column('trip_id', 'text', 'e.trip_id'),
  column('start_at', 'time', 'e.start_at'),
  column('end_at', 'time', 'e.end_at'),
  column('kind', 'text', 'e.kind'),
  column('peak', 'number', 'e.peak'),
  column('band', 'text', 'e.band'),
  column('grade', 'text', 'e.grade'),
  column('grade_reasons', 'text', "array_to_string(e.grade_reasons, ' ')"),
  column('start_speed_mps', 'number', 'e.start_speed_mps'),
  column('end_speed_mps', 'number', 'e.end_speed_mps'),
  column('limit_kmh', 'number', 'e.limit_kmh'),
]
export const premiumColumns = [
  column('policy_id', 'text', 'p.policy_id'),
  column('version', 'integer', 'p.version'),
  column('calculated_at', 'time', 'p.calculated_at'),
  column('receipt_id', 'text', 'p.receipt_id'),
  column('plan_id', 'text', 'p.plan_id'),
  column('currency', 'text', 'p.currency'),
  column('term_days', 'integer', 'p.term_days'),
  column('premium_minor', 'integer', 'p.premium_minor'),
  column('payable_minor', 'integer', 'p.payable_minor'),
  column('month_minor', 'integer', 'p.month_minor'),
  column('before_discount_minor', 'integer', 'p.before_discount_minor'),
  column('discount_ppm', 'integer', 'p.discount_ppm'),
  column('clean_share_ppm', 'integer', 'p.clean_share_ppm'),
  column('credibility_ppm', 'integer', 'p.credibility_ppm'),
  column('relativity_ppm', 'integer', 'p.relativity_ppm'),
  column('exposure_km', 'number', 'p.exposure_km'),
]

export const redemptionColumns = [
  column('redemption_id', 'text', 'r.id'),
  column('made_at', 'time', 'r.made_at'),
  column('offer_id', 'text', 'r.offer_id'),
  column('kind', 'text', 'r.kind'),
  column('title', 'text', 'r.title'),
  column('points', 'integer', 'r.points'),
  column('value_minor', 'integer', 'r.value_minor'),
  column('currency', 'text', 'r.currency'),
  column('state', 'text', 'r.state'),
  column('settled_at', 'time', 'r.settled_at'),
  column('reason', 'text', 'r.reason'),
]
export const redemptionTables = 'reward_redemptions r JOIN reward_accounts a ON a.id = r.account_id'
