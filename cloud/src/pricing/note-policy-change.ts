import type { PolicyDetail } from '@fairmile/contract/http/policies.ts'
import type { Transaction } from '../db/database.ts'
import { policyChanges } from '../db/schema/people.ts'

/** Keeps what became of a policy in its history. @returns the number of the change, unlike that of any other */
export async function notePolicyChange(
  tx: Transaction,
  policyId: string,
  change: Pick<PolicyDetail['history'][number], 'kind' | 'onDay' | 'reason'>,
  { by, nowMs }: { by: string; nowMs: number },
): Promise<number> {
  const [row] = await tx
    .insert(policyChanges)
    .values({ policyId, ...change, changedBy: by, recordedAt: new Date(nowMs) })
    .returning({ id: policyChanges.id })
  return row!.id
}
