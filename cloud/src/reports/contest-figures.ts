import type { ContestReason } from '@fairmile/contract/contest.ts'
import type { EventKind } from '@fairmile/contract/driving-event.ts'
import { contestRules } from '@fairmile/models/contests/contest-rules.ts'
import { workingDaysBetween } from '@fairmile/models/contests/working-days.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import type { Period } from './period.ts'

/** How contests stand, of a reason or of a kind of event; of both null: all of them. */
export interface Counts {
  reason: ContestReason | null
  kind: EventKind | null
  opened: number
  upheld: number
  /** Of the upheld, those that nobody ruled on. */
  silent: number
  rejected: number
  withdrawn: number
  /** Neither settled nor opened later than the end of the month. */
  pending: number
}

/** Counts contests of a month: all, by reason and by kind of event. */
export function contestCounts(db: Database, { fromAt, untilAt }: Period): Promise<Counts[]> {
  const settled = sql`c.settled_at >= ${fromAt} AND c.settled_at < ${untilAt}`
  return selectRows<Counts & Record<string, unknown>>(
    db,
    sql`
      SELECT c.reason, e.kind, (count(*) FILTER (WHERE c.opened_at >= ${fromAt}))::int AS opened,
        (count(*) FILTER (WHERE ${settled} AND c.state = 'upheld'))::int AS upheld,
        (count(*) FILTER (WHERE ${settled} AND r.by = 'silence'))::int AS silent,
        (count(*) FILTER (WHERE ${settled} AND c.state = 'rejected'))::int AS rejected,
        (count(*) FILTER (WHERE ${settled} AND c.state = 'withdrawn'))::int AS withdrawn,
        (count(*) FILTER (WHERE c.settled_at IS NULL OR c.settled_at >= ${untilAt}))::int AS pending
      FROM contests c JOIN driving_events e ON e.id = c.event_id
      LEFT JOIN contest_rulings r ON r.contest_id = c.id AND r.settles
      WHERE c.opened_at < ${untilAt} AND (c.settled_at IS NULL OR c.settled_at >= ${fromAt})
      GROUP BY GROUPING SETS ((), (c.reason), (e.kind)) ORDER BY c.reason, e.kind`,
  )
}

/** Events of a month, and how many of them were contested to date. */
export async function contestedEvents(
  db: Database,
  { fromAt, untilAt }: Period,
): Promise<{ events: number; contested: number }> {
  const [row] = await selectRows<{ events: number; contested: number }>(
    db,
    sql`
      SELECT count(DISTINCT e.id)::int AS events, count(DISTINCT c.event_id)::int AS contested
      FROM driving_events e LEFT JOIN contests c ON c.event_id = e.id
      WHERE e.start_at >= ${fromAt} AND e.start_at < ${untilAt}`,
  )
  return row ?? { events: 0, contested: 0 }
}

/** How long people took to rule, in working days after the day of opening; null of nothing. */
export interface RulingTimes {
  ruled: number
  medianDays: number | null
  longestDays: number | null
  inTime: number
}

/** How long the rulings of a month took that a person gave. */
export async function rulingTimes(db: Database, { fromAt, untilAt }: Period): Promise<RulingTimes> {
  const rows = await selectRows<{ openedMs: number; settledMs: number; late: boolean }>(
    db,
    sql`
      SELECT extract(epoch FROM c.opened_at)::float8 * 1000 AS "openedMs",
        extract(epoch FROM c.settled_at)::float8 * 1000 AS "settledMs", c.settled_at >= c.rule_by AS late
      FROM contests c JOIN contest_rulings r ON r.contest_id = c.id AND r.settles AND r.by = 'admin'
      WHERE c.settled_at >= ${fromAt} AND c.settled_at < ${untilAt} AND c.state IN ('upheld', 'rejected')`,
  )
  const days = rows
    .map(({ openedMs, settledMs }) => workingDaysBetween(openedMs, settledMs, contestRules.jurisdiction))
    .toSorted((a, b) => a - b)
  const [low, high] = [days[Math.floor((days.length - 1) / 2)], days[Math.floor(days.length / 2)]]
  return {
    ...{ ruled: rows.length, inTime: rows.filter(({ late }) => !late).length },
    medianDays: low === undefined || high === undefined ? null : (low + high) / 2,
    longestDays: days.at(-1) ?? null,
  }
}

/** What policies were given back, and what was waived less what was waived no more, minor units. */
export interface Money {
  cause: 'contest' | 'limit_corrected'
  currency: string
  policies: number
  refundedMinor: number
  waivedMinor: number
}

/**
 * The money of a month that followed from contests and corrected limits: entries of the ledger are tied to the version of the trip that they follow.
 * A version that a new record of the car brought is not a contest's, whatever is contested of it.
 */
export const contestMoney = (db: Database, { fromAt, untilAt }: Period): Promise<Money[]> =>
  selectRows<Money & Record<string, unknown>>(
    db,
    sql`
      WITH concerned AS (
        SELECT trip_id FROM contests UNION SELECT trip_id FROM corrected_events
      ), versions AS (
        SELECT correlation_id, cause FROM trip_versions WHERE trip_id IN (SELECT trip_id FROM concerned)
        UNION ALL SELECT correlation_id, cause FROM trips WHERE id IN (SELECT trip_id FROM concerned)
      ), followed AS (
        SELECT correlation_id, min(cause) AS cause FROM versions WHERE correlation_id IS NOT NULL
        GROUP BY 1 HAVING bool_and(cause IN ('contest', 'limit_corrected'))
      )
      SELECT f.cause, p.currency, count(DISTINCT p.policy_id)::int AS policies,
        -coalesce(sum(p.amount_minor) FILTER (WHERE p.kind = 'refund'), 0)::float8 AS "refundedMinor",
        coalesce(sum(p.amount_minor) FILTER (WHERE p.kind = 'correction'), 0)::float8 AS "waivedMinor"
      FROM premium_entries p JOIN followed f ON f.correlation_id = p.correlation_id
      WHERE p.recorded_at >= ${fromAt} AND p.recorded_at < ${untilAt} AND p.kind IN ('refund', 'correction')
      GROUP BY 1, 2 ORDER BY 1, 2`,
  )

/** A limit that a ruling corrected, and what became of events by it to date. */
export interface CorrectedLimit {
  contestId: string
  lat: number
  lon: number
  radiusM: number
  /** What the contested event was judged by; null where it had no limit. */
  mapKmh: number | null
  limitKmh: number
  events: number
  none: number
  drivers: number
}

/** The limits that rulings of a month corrected. */
export const correctedLimits = (db: Database, { fromAt, untilAt }: Period): Promise<CorrectedLimit[]> =>
  selectRows<CorrectedLimit & Record<string, unknown>>(
    db,
    sql`
      SELECT l.contest_id AS "contestId", l.lat, l.lon, l.radius_m AS "radiusM", e.limit_kmh AS "mapKmh",
        l.limit_kmh AS "limitKmh", count(x.event_id)::int AS events,
        (count(x.event_id) FILTER (WHERE x.band IS NULL))::int AS none, count(DISTINCT t.driver_id)::int AS drivers
      FROM limit_corrections l JOIN contests c ON c.id = l.contest_id JOIN driving_events e ON e.id = c.event_id
      LEFT JOIN corrected_events x ON x.correction_id = l.id LEFT JOIN trips t ON t.id = x.trip_id
      WHERE l.created_at >= ${fromAt} AND l.created_at < ${untilAt} GROUP BY l.id, e.limit_kmh ORDER BY l.id`,
  )
