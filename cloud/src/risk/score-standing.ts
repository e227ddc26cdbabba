import { desc, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import type { PlanSource } from '../plans/plan-source.ts'

/** Whether a driver's kilometres are enough to be scored, and how many are missing. */
export interface Standing {
  status: 'scored' | 'unscored'
  minimumKm: number
  missingKm: number
}

/** By the plan of the driver's newest policy, which prices nobody by a score of fewer judged kilometres; without a plan every kilometre is enough. */
export async function standingOf(
  db: Database,
  { driverId, judgedKm, plans }: { driverId: string; judgedKm: number; plans: PlanSource },
): Promise<Standing> {
  const [policy] = await db
    .select({ planId: policies.planId })
    .from(policies)
    .where(eq(policies.driverId, driverId))
    .orderBy(desc(policies.startsOn))
    .limit(1)
  const plan = policy && (await plans.get(policy.planId, db))
  const minimumKm = (plan?.relativity.minimumScoredM ?? 0) / 1000
  const missingKm = Math.max(0, minimumKm - judgedKm)
  return { status: missingKm > 0 ? 'unscored' : 'scored', minimumKm, missingKm }
}
