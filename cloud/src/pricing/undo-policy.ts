import { eq, sql } from 'drizzle-orm'
import { selectRows, type Transaction } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { notePolicyChange } from './note-policy-change.ts'
import { lockPolicy, type PolicyRow, type PricePolicy } from './price-policy.ts'
import { voidPolicy } from './void-policy.ts'

/**
 * Voids a policy that has not begun. One that became it by an endorsement has the rest of its term back, and is priced by that: its cover goes on as if
 * the endorsement had never been bound; a next term that had been bound before it is not, and has to be bound anew. Where the rest had been cancelled from a later day on, it still ends there.
 *
 * @throws ProblemError as `voidPolicy` does
 */
export async function undoPolicy(
  tx: Transaction,
  policy: PolicyRow,
  { price, ...why }: { price: PricePolicy; reason: string; by: string; nowMs: number },
): Promise<void> {
  const rest = await restOf(tx, policy.id)
  await voidPolicy(tx, policy, why)
  if (policy.follows === null) return
  const before = await lockPolicy(tx, policy.follows)
  const { id } = before
  if (before.state !== 'endorsed') return
  await tx.update(policies).set(rest).where(eq(policies.id, id))
  const change = { kind: 'restored', onDay: policy.startsOn, reason: why.reason } as const
  const changeId = await notePolicyChange(tx, before, change, why)
  await price(tx, id, { cause: `change ${changeId}` })
}

/** The end of the term that a policy is of, also where it became others in turn; and whether that is an early one. */
async function restOf(tx: Transaction, policyId: string): Promise<{ endsOn: string; state: 'active' | 'cancelled' }> {
  const [last] = await selectRows<{ endsOn: string; state: 'active' | 'cancelled' }>(
    tx,
    sql`
      WITH RECURSIVE rest AS (
        SELECT id, ends_on, state FROM policies WHERE id = ${policyId}
        UNION ALL
        SELECT next.id, next.ends_on, next.state
        FROM rest JOIN policies next ON next.follows = rest.id AND next.state <> 'voided' AND rest.state = 'endorsed'
      )
      SELECT ends_on::text AS "endsOn", CASE state WHEN 'cancelled' THEN state ELSE 'active' END AS state
      FROM rest ORDER BY ends_on DESC LIMIT 1`,
  )
  return last!
}
