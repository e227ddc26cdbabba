import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { rowsAs } from '../db/rows-as.ts'
import { claims } from '../db/schema/claims.ts'
import type { ToldClaim } from './told-claim.ts'

/** What became of the claims of a file. */
export interface StoredClaims {
  readonly added: number
  readonly replaced: number
  readonly unchanged: number
}

const names = ['policy_id', 'coverage', 'occurred_on', 'paid_minor', 'reserved_minor', 'currency', 'state']
const columns = sql.raw(names.join(', '))
const of = (table: 'known' | 'excluded') => sql.raw(names.map((name) => `${table}.${name}`).join(', '))

/** Stores claims that were checked, in one statement: a claim that is there already stands as it is told now. */
export async function storeClaims(
  db: Database,
  told: readonly ToldClaim[],
  { by, now }: { by: string; now: number },
): Promise<StoredClaims> {
  const rows = rowsAs('told', told, {
    id: ['text', ({ id }) => id],
    policy_id: ['text', ({ policyId }) => policyId],
    coverage: ['text', ({ coverage }) => coverage],
    occurred_on: ['text', ({ occurredOn }) => occurredOn],
    paid_minor: ['int8', ({ paidMinor }) => paidMinor],
    reserved_minor: ['int8', ({ reservedMinor }) => reservedMinor],
    currency: ['text', ({ currency }) => currency],
    state: ['text', ({ state }) => state],
  })
  // A row that was there has the transaction that put it down as its `xmax`. In order, so that two imports never wait for each other in a ring.
  const [written] = await selectRows<{ added: number; replaced: number }>(
    db,
    sql`
      WITH written AS (
        INSERT INTO ${claims} AS known (id, ${columns}, told_at, told_by)
        SELECT id, policy_id, coverage, occurred_on::date, paid_minor, reserved_minor, currency, state,
          ${new Date(now).toISOString()}::timestamptz, ${by} FROM ${rows} ORDER BY id
        ON CONFLICT (id) DO UPDATE
        SET (${columns}, told_at, told_by) = ROW (${of('excluded')}, excluded.told_at, excluded.told_by)
        WHERE (${of('known')}) IS DISTINCT FROM (${of('excluded')})
        RETURNING xmax = 0 AS is_new
      )
      SELECT (count(*) FILTER (WHERE is_new))::int AS added, (count(*) FILTER (WHERE NOT is_new))::int AS replaced FROM written`,
  )
  const { added = 0, replaced = 0 } = written ?? {}
  return { added, replaced, unchanged: told.length - added - replaced }
}
