import type { PlanDetail, PlanSummary } from '@fairmile/contract/http/plans.ts'
import { asc, desc, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { ratingPlanChanges, ratingPlans } from '../db/schema/plans.ts'
import { PlanError } from './plan-error.ts'

type PlanRow = typeof ratingPlans.$inferSelect

/** The plans, the newest first; drafts only where they are asked for. */
export async function listPlans(db: Database, { drafts }: { drafts: boolean }): Promise<PlanSummary[]> {
  const rows = await db.select().from(ratingPlans).orderBy(desc(ratingPlans.createdAt), desc(ratingPlans.id))
  return rows.filter(({ approvedAt }) => drafts || approvedAt !== null).map(summaryOf)
}

/** A plan with what was done with it. @throws {PlanError} where there is none */
export async function readPlan(db: Database, id: string): Promise<PlanDetail> {
  const row = await planRow(db, id)
  const changes = await db
    .select()
    .from(ratingPlanChanges)
    .where(eq(ratingPlanChanges.planId, id))
    .orderBy(asc(ratingPlanChanges.id))
  return {
    ...summaryOf(row),
    plan: JSON.parse(row.body),
    simulation: row.simulation,
    simulatedAt: row.simulatedAt?.toISOString() ?? null,
    approvedSimulation: row.approvedSimulation,
    changes: changes.map(({ action, changedBy, changedAt, note, hash }) => ({
      action,
      by: changedBy,
      at: changedAt.toISOString(),
      note,
      hash,
    })),
  }
}

/** A plan as it is told to others than admins: what it says, and nothing of who made it nor what it would earn. */
export const publicPlan = (plan: PlanDetail): PlanDetail => ({
  ...{ ...plan, ...nobody },
  ...{ simulation: null, simulatedAt: null, approvedSimulation: null, changes: [] },
})

/** As `publicPlan`, of a list. */
export const publicSummary = (plan: PlanSummary): PlanSummary => ({ ...plan, ...nobody })

const nobody = { createdBy: null, approvedBy: null }

/** The row of a plan. @throws {PlanError} where there is none */
export async function planRow(db: Database, id: string, { lock = false } = {}): Promise<PlanRow> {
  const query = db.select().from(ratingPlans).where(eq(ratingPlans.id, id))
  const [row] = lock ? await query.for('update') : await query
  if (!row) throw new PlanError('missing', `There is no rating plan "${id}".`)
  return row
}

function summaryOf(row: PlanRow): PlanSummary {
  const { id, version, title, state, effectiveFrom, effectiveUntil, hash, createdBy, approvedBy } = row
  return {
    ...{ id, version, title, state, effectiveFrom, effectiveUntil, hash, createdBy, approvedBy },
    createdAt: row.createdAt.toISOString(),
    approvedAt: row.approvedAt?.toISOString() ?? null,
  }
}
