import type { AdminPolicy, AdminPolicyQuery } from '@fairmile/contract/http/admin-lists.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { toPage } from '../http/page.ts'
import { keysetOf, type Sorting } from './keyset.ts'
import { searchFor } from './search.ts'

type Row = AdminPolicy & { place: string } & Record<string, unknown>

const sortings: Record<AdminPolicyQuery['sort'], Sorting> = {
  id: { key: sql`p.id`, type: 'text' },
  endsOn: { key: sql`p.ends_on`, type: 'date' },
  '-premium': { key: sql`coalesce(m.premium_minor, -1)::float8`, type: 'float8', descending: true },
}

/** A page of policies with their newest premiums and what follows them. */
export async function listAdminPolicies(
  db: Database,
  query: AdminPolicyQuery,
  { nowMs = Date.now() } = {},
): Promise<Page<AdminPolicy>> {
  const { after, order, place } = keysetOf(sortings[query.sort], sql`p.id`, query.cursor)
  const today = sql`${new Date(nowMs).toISOString().slice(0, 10)}::date`
  const state = sql`CASE WHEN p.state = 'voided' THEN 'voided' WHEN p.ends_on < ${today} THEN 'ended' WHEN p.starts_on > ${today} THEN 'upcoming' ELSE 'active' END`
  const where = [...filters(query, { today, state }), ...(after ? [after] : [])]
  const rows = await selectRows<Row>(
    db,
    sql`
      SELECT p.id, json_build_object('id', d.id, 'name', d.name) AS driver,
        json_build_object('id', v.id, 'name', v.name) AS vehicle, p.plan_id AS "planId",
        p.starts_on::text AS "startsOn", p.ends_on::text AS "endsOn", ${state} AS state, p.state AS outcome, ${place} AS place,
        CASE WHEN m.currency IS NOT NULL THEN json_build_object('currency', m.currency, 'premiumMinor', m.premium_minor,
          'monthMinor', m.month_minor, 'discountPpm', m.discount_ppm) END AS premium,
        CASE WHEN r.id IS NOT NULL THEN json_build_object('id', r.id, 'planId', r.plan_id) END AS renewal
      FROM policies p
      JOIN drivers d ON d.id = p.driver_id
      JOIN vehicles v ON v.id = p.vehicle_id
      LEFT JOIN LATERAL (
        SELECT currency, premium_minor, month_minor, discount_ppm FROM premiums
        WHERE policy_id = p.id ORDER BY version DESC LIMIT 1
      ) m ON true
      LEFT JOIN policies r ON r.follows = p.id AND r.state <> 'voided' AND p.state = 'renewed'
      ${where.length === 0 ? sql`` : sql`WHERE ${sql.join(where, sql` AND `)}`}
      ORDER BY ${order} LIMIT ${query.limit + 1}`,
  )
  return toPage(rows, {
    limit: query.limit,
    keyOf: (row) => [row.place, row.id],
    itemOf: ({ place: _place, ...row }) => row,
  })
}

function filters(
  { search, plan, state: wanted, endsWithin }: AdminPolicyQuery,
  { today, state }: { today: SQL; state: SQL },
): SQL[] {
  // From the people that are found to their policies, so that the index of words is used.
  const within = (matches: SQL) => sql`p.driver_id IN (SELECT u.driver_id FROM users u WHERE ${matches})`
  return [
    searchFor(search, { ids: [sql`p.id`, sql`p.driver_id`, sql`p.vehicle_id`], words: sql`u.words`, within }),
    plan === undefined ? undefined : sql`p.plan_id = ${plan}`,
    wanted === undefined ? undefined : sql`${state} = ${wanted}`,
    endsWithin === undefined
      ? undefined
      : sql`p.starts_on <= ${today} AND p.ends_on >= ${today} AND p.ends_on <= ${today} + ${endsWithin}::int`,
  ].filter((filter) => filter !== undefined)
}
