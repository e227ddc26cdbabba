import type { PolicyDetail } from '@fairmile/contract/http/policies.ts'
import type { Transaction } from '../db/database.ts'
import { policyChanges } from '../db/schema/people.ts'
import { recordDomainEvent } from '../events/outbox.ts'

/**
 * Keeps what became of a policy in its history, and tells it: the driver's subject stays locked until the transaction ends.
 *
 * @returns the number of the change, unlike that of any other
 */
export async function notePolicyChange(
  tx: Transaction,
  { id: policyId, driverId }: { id: string; driverId: string },
  change: Pick<PolicyDetail['history'][number], 'kind' | 'onDay' | 'reason'>,
  { by, nowMs }: { by: string; nowMs: number },
): Promise<number> {
  const [row] = await tx
    .insert(policyChanges)
    .values({ policyId, ...change, changedBy: by, recordedAt: new Date(nowMs) })
    .returning({ id: policyChanges.id })
  const changeId = row!.id
  const { kind, onDay } = change
  await recordDomainEvent(tx, {
    ...{ type: 'PolicyChanged', subject: driverId },
    data: { changeId, policyId, driverId, kind, onDay },
  })
  return changeId
}
