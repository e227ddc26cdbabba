import {
  type AdminDriver,
  type AdminDriverQuery,
  type DriverFilter,
  silentDays,
} from '@fairmile/contract/http/admin-lists.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { toPage } from '../http/page.ts'
import { newestShown } from '../risk/score-standing.ts'
import { keysetOf, type Sorting } from './keyset.ts'
import { searchFor } from './search.ts'

type Row = Omit<AdminDriver, 'score'> & { place: string; score: AdminDriver['score'] } & Record<string, unknown>

const dayMs = 86_400_000
const iso = (moment: SQL) => sql`to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
/** Who has no score comes last either way. */
const sortings: Record<AdminDriverQuery['sort'], Sorting> = {
  id: { key: sql`d.id`, type: 'text' },
  name: { key: sql`lower(d.name)`, type: 'text' },
  score: { key: sql`coalesce(100 - s.risk, 101)`, type: 'float8' },
  '-score': { key: sql`coalesce(100 - s.risk, -1)`, type: 'float8', descending: true },
}

/** A page of drivers with their newest scores, active policies and boxes. */
export async function listAdminDrivers(
  db: Database,
  query: AdminDriverQuery,
  { nowMs = Date.now() } = {},
): Promise<Page<AdminDriver>> {
  const { after, order, place } = keysetOf(sortings[query.sort], sql`d.id`, query.cursor)
  const where = [...filters(query, nowMs), ...(after ? [after] : [])]
  const rows = await selectRows<Row>(
    db,
    sql`
      SELECT d.id, d.name, u.email, u.id AS "userId", u.disabled_at IS NOT NULL AS disabled,
        ${iso(sql`d.created_at`)} AS "createdAt", ${place} AS place,
        CASE WHEN s.risk IS NOT NULL THEN json_build_object(
          'safetyScore', 100 - s.risk, 'low', 100 - s.risk_high, 'high', 100 - s.risk_low,
          'judgedKm', s.judged_km, 'calculatedAt', ${iso(sql`s.calculated_at`)}) END AS score,
        s.missing_km AS "missingKm", p.policies, coalesce(p.plans, '[]'::json) AS plans, p.devices, ${iso(sql`p.heard_at`)} AS "heardAt"
      ${driversWhere(where, nowMs)}
      ORDER BY ${order} LIMIT ${query.limit + 1}`,
  )
  return toPage(rows, {
    limit: query.limit,
    keyOf: (row) => [row.place, row.id],
    itemOf: ({ place: _place, plans, policies, ...row }) => ({ ...row, policies, plans: policies === 0 ? [] : plans }),
  })
}

/** The ids of all drivers that a filter finds. */
export const driversThatMatch = (filter: DriverFilter, nowMs: number): SQL =>
  sql`SELECT d.id ${driversWhere(filters(filter, nowMs), nowMs)}`

/** Drivers who have a log-in, with their newest scores, and policies and boxes of today. */
function driversWhere(where: readonly SQL[], nowMs: number): SQL {
  const today = sql`${new Date(nowMs).toISOString().slice(0, 10)}::date`
  return sql`
    FROM drivers d
    JOIN users u ON u.driver_id = d.id
    LEFT JOIN LATERAL ${newestShown(sql`d.id`)} s ON true
    CROSS JOIN LATERAL (
      SELECT count(DISTINCT policy.id)::int AS policies, json_agg(DISTINCT policy.plan_id) AS plans,
        count(DISTINCT box.id)::int AS devices, max(box.last_seen_at) AS heard_at
      FROM policies policy LEFT JOIN devices box ON box.vehicle_id = policy.vehicle_id AND box.claimed_at IS NOT NULL
      WHERE policy.driver_id = d.id AND policy.starts_on <= ${today} AND policy.ends_on >= ${today}
    ) p
    ${where.length === 0 ? sql`` : sql`WHERE ${sql.join(where.slice(), sql` AND `)}`}`
}

function filters(query: DriverFilter, nowMs: number): SQL[] {
  const { search, scoreFrom, scoreTo, unscored, plan, active, silent } = query
  const silentSince = sql`${new Date(nowMs - silentDays * dayMs).toISOString()}::timestamptz`
  const isSilent = sql`(p.devices > 0 AND coalesce(p.heard_at < ${silentSince}, true))`
  const found = searchFor(search, { ids: [sql`d.id`, sql`u.id`], words: sql`u.words` })
  return [
    found,
    scoreFrom === undefined ? undefined : sql`100 - s.risk >= ${scoreFrom}::float8`,
    scoreTo === undefined ? undefined : sql`100 - s.risk <= ${scoreTo}::float8`,
    unscored === undefined ? undefined : sql`(s.risk IS NULL) = ${unscored}::boolean`,
    plan === undefined ? undefined : sql`p.plans::jsonb ? ${plan}`,
    active === undefined ? undefined : sql`(p.policies > 0) = ${active}::boolean`,
    silent === undefined ? undefined : sql`${isSilent} = ${silent}::boolean`,
  ].filter((filter) => filter !== undefined)
}
