import { planExample } from '@fairmile/models/pricing/pricing-example.ts'
import { eq } from 'drizzle-orm'
import { claimColumns } from '../src/claims/told-claim.ts'
import type { Database } from '../src/db/database.ts'
import { policies } from '../src/db/schema/people.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { addDevice, type TestDevice } from './devices.ts'

/** A file of claims: rows below the head. */
export const claimsFile = (...rows: string[]): string => `${[claimColumns.join(','), ...rows].join('\n')}\n`

/** Policies of 2026, the first two under `euros` (EUR), the third under `pounds` (GBP); both plans have liability and hail. */
export async function addInsured(db: Database): Promise<TestDevice[]> {
  const plan = planExample()
  await takeInPlans(db, [
    { ...plan, id: 'euros' },
    { ...plan, id: 'pounds', currency: 'GBP' },
  ])
  const insured = [await addDevice(db, 1), await addDevice(db, 2), await addDevice(db, 3)]
  await db.update(policies).set({ planId: 'euros' })
  await changePolicy(db, 'POL-3', { planId: 'pounds' })
  return insured
}

export const changePolicy = (db: Database, id: string, to: Partial<typeof policies.$inferInsert>) =>
  db.update(policies).set(to).where(eq(policies.id, id))
