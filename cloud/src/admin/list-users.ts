import type { AdminUser, AdminUserQuery } from '@fairmile/contract/http/admin-lists.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { toPage } from '../http/page.ts'
import { keysetOf, type Sorting } from './keyset.ts'
import { searchFor } from './search.ts'

const iso = (moment: SQL) => sql`to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const columns = sql`u.id, u.email, u.name, u.role, u.driver_id AS "driverId",
  u.password_hash IS NULL AS invited, ${iso(sql`u.created_at`)} AS "createdAt", ${iso(sql`u.disabled_at`)} AS "disabledAt"`
const sortings: Record<AdminUserQuery['sort'], Sorting> = {
  id: { key: sql`u.id`, type: 'text' },
  email: { key: sql`u.email`, type: 'text' },
  '-created': { key: sql`u.created_at`, type: 'timestamptz', descending: true },
}

/** A page of log-ins. */
export async function listAdminUsers(db: Database, query: AdminUserQuery): Promise<Page<AdminUser>> {
  const { search, role, disabled, sort, cursor, limit } = query
  const { after, order, place } = keysetOf(sortings[sort], sql`u.id`, cursor)
  const where = [
    searchFor(search, { ids: [sql`u.id`, sql`u.driver_id`], words: sql`u.words` }),
    role === undefined ? undefined : sql`u.role = ${role}`,
    disabled === undefined ? undefined : sql`(u.disabled_at IS NOT NULL) = ${disabled}::boolean`,
    after,
  ].filter((filter) => filter !== undefined)
  const rows = await selectRows<AdminUser & { place: string } & Record<string, unknown>>(
    db,
    sql`
      SELECT ${columns}, ${place} AS place FROM users u
      ${where.length === 0 ? sql`` : sql`WHERE ${sql.join(where, sql` AND `)}`}
      ORDER BY ${order} LIMIT ${limit + 1}`,
  )
  return toPage(rows, { limit, keyOf: (row) => [row.place, row.id], itemOf: ({ place: _place, ...row }) => row })
}

/** One log-in; null where there is none. */
export async function readAdminUser(db: Database, id: string): Promise<AdminUser | null> {
  const [row] = await selectRows<AdminUser & Record<string, unknown>>(
    db,
    sql`SELECT ${columns} FROM users u WHERE u.id = ${id}`,
  )
  return row ?? null
}
