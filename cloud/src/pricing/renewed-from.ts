import type { RenewedFrom } from '@fairmile/contract/rating-plan.ts'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import { and, desc, eq, notInArray, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { premiums, receipts } from '../db/schema/pricing.ts'

/**
 * What the last receipt of the term before ended with: the policy of the same driver and vehicle that ended on the day before this one began.
 *
 * @returns undefined where there was none, or its plan limited no changes
 */
export async function renewedFrom(
  db: Database,
  { driverId, vehicleId, startsOn }: { driverId: string; vehicleId: string; startsOn: string },
): Promise<RenewedFrom | undefined> {
  const [last] = await db
    .select({ stem: receipts.stem })
    .from(policies)
    .innerJoin(premiums, eq(premiums.policyId, policies.id))
    .innerJoin(receipts, eq(receipts.id, premiums.receiptId))
    .where(
      and(
        eq(policies.driverId, driverId),
        eq(policies.vehicleId, vehicleId),
        // One that never was ends on the day before its own start, which is this one's; one that became another ended no term.
        notInArray(policies.state, ['voided', 'endorsed']),
        eq(policies.endsOn, sql`${startsOn}::date - 1`),
      ),
    )
    .orderBy(desc(premiums.version))
    .limit(1)
  if (!last) return undefined
  const { id, steps } = JSON.parse(last.stem) as Receipt
  const stepOf = (wanted: string): number | undefined => steps.find(({ name }) => name === wanted)?.value
  const behaviourFactorPpm = stepOf('behaviour_factor')
  const factorInForcePpm = stepOf('factor_in_force')
  if (behaviourFactorPpm === undefined || factorInForcePpm === undefined) return undefined
  return { receiptId: id, behaviourFactorPpm, factorInForcePpm }
}
