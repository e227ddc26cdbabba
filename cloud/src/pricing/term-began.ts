import { sql } from 'drizzle-orm'
import { selectRows, type Transaction } from '../db/database.ts'

/** The first day of the term that a policy is of: that of the policy which became it by one endorsement or more, where one did. */
export async function termBegan(tx: Transaction, policyId: string): Promise<string> {
  const [first] = await selectRows<{ startsOn: string }>(
    tx,
    sql`
      WITH RECURSIVE term AS (
        SELECT starts_on, follows FROM policies WHERE id = ${policyId}
        UNION ALL
        SELECT before.starts_on, before.follows FROM term JOIN policies before ON before.id = term.follows AND before.state = 'endorsed'
      )
      SELECT min(starts_on)::text AS "startsOn" FROM term`,
  )
  return first!.startsOn
}
