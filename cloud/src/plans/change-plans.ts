import type { PlanSimulation } from '@fairmile/contract/http/plans.ts'
import { checkRatingPlan } from '@fairmile/models/pricing/rating-plan.ts'
import { and, desc, eq } from 'drizzle-orm'
import { handsOf, otherHands, shareHands } from '../auth/hands.ts'
import type { Database, Transaction } from '../db/database.ts'
import { users } from '../db/schema/people.ts'
import { ratingPlanChanges, ratingPlans } from '../db/schema/plans.ts'
import { columnsOf } from './plan-columns.ts'
import { PlanError } from './plan-error.ts'
import { planRow } from './read-plans.ts'

/** Who changes a plan and why. */
export interface ChangedBy {
  /** E-mail address of an admin. */
  by: string
  /** Id of their log-in; null where none was asked for. */
  userId: string | null
  note: string
  /** Wall clock, epoch milliseconds. @default now */
  now?: number
}

/**
 * Puts a plan down as a draft; over a draft of its id, whoever that was by, which must then be simulated anew.
 *
 * @throws {InvalidPlanError} that lists what is wrong with it
 * @throws {PlanError} where the id is taken for good
 */
export async function submitPlan(
  db: Database,
  given: unknown,
  changed: ChangedBy,
): Promise<{ id: string; hash: string }> {
  const columns = columnsOf(checkRatingPlan(given))
  const { id, hash } = columns
  return db.transaction(async (tx) => {
    const draft = { ...columns, createdBy: changed.by, createdAt: new Date(changed.now ?? Date.now()) }
    const again = { ...draft, simulation: null, simulatedAt: null }
    const [written] = await tx
      .insert(ratingPlans)
      .values({ ...draft, state: 'draft' })
      .onConflictDoUpdate({ target: ratingPlans.id, set: again, setWhere: eq(ratingPlans.state, 'draft') })
      .returning({ id: ratingPlans.id })
    if (!written)
      throw new PlanError(
        'conflict',
        `There is a rating plan "${id}" that is no draft; give the changed plan an id of its own.`,
      )
    await record(tx, { id, hash, action: 'submitted', ...changed })
    return { id, hash }
  })
}

/**
 * Approves a draft that was simulated: new policies may be written under it.
 *
 * @param hash of the plan that was seen
 * @throws {PlanError} where it is no such draft, or who submitted it would approve it, by another log-in too
 */
export function approvePlan(
  db: Database,
  { id, hash, ...changed }: { id: string; hash: string } & ChangedBy,
): Promise<void> {
  const { by } = changed
  return db.transaction(async (tx) => {
    const plan = await planRow(tx, id, { lock: true })
    if (plan.state !== 'draft') throw new PlanError('conflict', `"${id}" is no draft: it is ${plan.state}.`)
    if (plan.hash !== hash)
      throw new PlanError(
        'conflict',
        `"${id}" was submitted anew since you saw it; look at it again (now ${plan.hash}).`,
      )
    if (plan.createdBy === by)
      throw new PlanError('forbidden', `"${id}" was submitted by ${by}: another admin must approve it.`)
    if (changed.userId !== null && shareHands(await handsOf(tx, changed.userId), await submittedBy(tx, plan)))
      throw new PlanError(
        'forbidden',
        `${plan.createdBy}, who submitted "${id}", may know the password of ${by}, or ${by} theirs. ${otherHands}`,
      )
    if (!plan.simulation)
      throw new PlanError('conflict', `"${id}" has not been simulated: do that first, and look at the result.`)
    const approvedAt = new Date(changed.now ?? Date.now())
    await tx
      .update(ratingPlans)
      .set({ state: 'approved', approvedBy: by, approvedAt, approvedSimulation: plan.simulation })
      .where(eq(ratingPlans.id, id))
    await record(tx, { id, hash, action: 'approved', ...changed })
  })
}

/** Takes no new policies under a plan; those there are go on. @throws {PlanError} */
export function withdrawPlan(db: Database, { id, ...changed }: { id: string } & ChangedBy): Promise<void> {
  return db.transaction(async (tx) => {
    const { state, hash } = await planRow(tx, id, { lock: true })
    if (state === 'withdrawn') throw new PlanError('conflict', `"${id}" was withdrawn before.`)
    await tx.update(ratingPlans).set({ state: 'withdrawn' }).where(eq(ratingPlans.id, id))
    await record(tx, { id, hash, action: 'withdrawn', ...changed })
  })
}

/** Keeps what a plan would do, where it is still the one that was simulated. @throws {PlanError} */
export function keepSimulation(
  db: Database,
  {
    id,
    hash,
    simulation,
    ...changed
  }: { id: string; hash: string; simulation: PlanSimulation } & Omit<ChangedBy, 'note'>,
): Promise<void> {
  return db.transaction(async (tx) => {
    const plan = await planRow(tx, id, { lock: true })
    if (plan.hash !== hash) throw new PlanError('conflict', `"${id}" was submitted anew while it was simulated.`)
    const simulatedAt = new Date(changed.now ?? Date.now())
    await tx.update(ratingPlans).set({ simulation, simulatedAt }).where(eq(ratingPlans.id, id))
    const note = `over ${simulation.policies} ${simulation.policies === 1 ? 'policy' : 'policies'}`
    await record(tx, { id, hash, action: 'simulated', note, ...changed })
  })
}

interface Recorded extends ChangedBy {
  id: string
  hash: string
  action: (typeof ratingPlanChanges.$inferInsert)['action']
}

async function record(tx: Transaction, { id, hash, action, by, userId, note, now }: Recorded): Promise<void> {
  const hands = userId === null ? null : await handsOf(tx, userId)
  const changedAt = new Date(now ?? Date.now())
  await tx.insert(ratingPlanChanges).values({ planId: id, action, changedBy: by, changedAt, note, hash, hands })
}

/** Who may have submitted a draft. */
async function submittedBy(tx: Transaction, { id, createdBy }: { id: string; createdBy: string }): Promise<string[]> {
  const [submitted] = await tx
    .select({ hands: ratingPlanChanges.hands })
    .from(ratingPlanChanges)
    .where(and(eq(ratingPlanChanges.planId, id), eq(ratingPlanChanges.action, 'submitted')))
    .orderBy(desc(ratingPlanChanges.id))
    .limit(1)
  if (submitted?.hands) return submitted.hands
  const [user] = await tx.select({ id: users.id }).from(users).where(eq(users.email, createdBy))
  return user ? handsOf(tx, user.id) : []
}
