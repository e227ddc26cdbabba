import type { DisableUsers } from '@fairmile/contract/http/bulk.ts'
import { sql } from 'drizzle-orm'
import { changeUser } from '../admin/change-user.ts'
import { searchFor } from '../admin/search.ts'
import { tagOf } from '../cache/tags.ts'
import { selectRows } from '../db/database.ts'
import type { EachWork } from './bulk-work.ts'

type Row = { id: string; email: string; name: string; role: string; disabledAt: string | null }

/** Disables log-ins, but never that of who asks for it; sessions end with them. */
export function disableUsers(): EachWork<DisableUsers> {
  return {
    async select(db, { users }, { by, max, only }) {
      const chosen =
        'ids' in users
          ? sql`u.id = ANY (${sql.param(users.ids)}::text[])`
          : sql`${searchFor(users.search, { ids: [sql`u.id`, sql`u.driver_id`], words: sql`u.words` })} ${
              users.role === undefined ? sql`` : sql`AND u.role = ${users.role}`
            }`
      const rows = await selectRows<Row>(
        db,
        sql`
          SELECT u.id, u.email, u.name, u.role, u.disabled_at::text AS "disabledAt" FROM users u
          WHERE ${chosen} ${only === undefined ? sql`` : sql`AND u.id = ${only}`} ORDER BY u.id LIMIT ${max}`,
      )
      return rows.map(({ id, email, name, role, disabledAt }) => ({
        ...{ id, label: `${name}, ${email}`, change: `${role}: no log-in any more`, version: `${role} ${disabledAt}` },
        warning: email === by ? 'it is your own' : disabledAt === null ? null : 'it is disabled already',
      }))
    },
    async apply(db, _body, { id }) {
      const change = await changeUser(db, id, { disabled: true })
      if (change === 'last-admin') return { state: 'skipped', detail: 'it is the last admin who can log in' }
      if (change === 'unknown') return { state: 'skipped', detail: 'it is there no more' }
      return { state: 'done', detail: null, tags: [tagOf.drivers] }
    },
  }
}
