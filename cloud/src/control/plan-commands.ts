import { Email } from '@fairmile/contract/http/auth.ts'
import { Note } from '@fairmile/contract/http/models.ts'
import { PlanParams } from '@fairmile/contract/http/plans.ts'
import { Rated } from '@fairmile/contract/rating-plan.ts'
import { checkRatingPlan, InvalidPlanError, parseRatingPlan } from '@fairmile/models/pricing/rating-plan.ts'
import { z } from 'zod'
import { createLogin } from '../auth/login.ts'
import type { Database } from '../db/database.ts'
import type { OpenDatabase } from '../db/open.ts'
import { UsageError } from '../errors.ts'
import { ProblemError } from '../http/problem.ts'
import { createLog } from '../log.ts'
import { approvePlan, keepSimulation, submitPlan, withdrawPlan } from '../plans/change-plans.ts'
import { PlanError } from '../plans/plan-error.ts'
import { listPlans, planRow, readPlan } from '../plans/read-plans.ts'
import { simulatePlan } from '../plans/simulate-plan.ts'
import { createModelShelf } from '../registry/shelf.ts'
import { takeInVersions } from '../registry/take-in.ts'

const none = z.strictObject({})
const id = PlanParams.shape.planId
const plan = z.record(z.string(), z.unknown())
/** Who acts, as who logs in; the password comes by the socket that its owner alone may open, and is kept nowhere. */
const admin = z.strictObject({ email: Email, password: z.string().max(200), note: Note })
type Admin = z.infer<typeof admin>

/** Where log-ins by the command line come from, for the count of those that fail. */
const address = 'command line'

/** What `plans` does with the database. */
export const planCommands = {
  'plans list': {
    input: none,
    run: ({ db }: OpenDatabase, _none: z.infer<typeof none>) => listPlans(db, { drafts: true }),
  },
  'plans show': {
    input: z.strictObject({ id }),
    run: ({ db }: OpenDatabase, of: { id: string }) => asUsage(readPlan(db, of.id)),
  },
  'plans submit': {
    input: admin.extend({ plan }),
    run: ({ db }: OpenDatabase, { plan: given, ...who }: Admin & { plan: Record<string, unknown> }) =>
      asUsage(byAdmin(db, who, (by) => submitPlan(db, given, by))),
  },
  'plans approve': {
    input: admin.extend({ id, hash: z.string() }),
    run: ({ db }: OpenDatabase, { id, hash, ...who }: Admin & { id: string; hash: string }) =>
      asUsage(byAdmin(db, who, (by) => approvePlan(db, { id, hash, ...by }))),
  },
  'plans withdraw': {
    input: admin.extend({ id }),
    run: ({ db }: OpenDatabase, { id, ...who }: Admin & { id: string }) =>
      asUsage(byAdmin(db, who, (by) => withdrawPlan(db, { id, ...by }))),
  },
  'plans simulate': {
    input: z.strictObject({ plan, assume: Rated }),
    run: ({ db }: OpenDatabase, of: { plan: Record<string, unknown>; assume: Rated }) =>
      asUsage(simulate(db, { given: of.plan, assume: of.assume })),
  },
  'plans simulate stored': {
    input: z.strictObject({ id, assume: Rated }),
    run: ({ db }: OpenDatabase, of: { id: string; assume: Rated }) => asUsage(simulateStored(db, of)),
  },
}

async function simulate(db: Database, { given, assume }: { given: unknown; assume: Rated }) {
  // No server may have started on this database yet.
  await takeInVersions(db)
  const shelf = createModelShelf({ log: createLog({ level: 'silent' }) })
  try {
    return await simulatePlan(db, { plan: checkRatingPlan(given), model: await shelf.live(db), assume })
  } finally {
    await shelf.close()
  }
}

async function simulateStored(db: Database, { id, assume }: { id: string; assume: Rated }) {
  const { body, hash } = await planRow(db, id)
  const found = await simulate(db, { given: parseRatingPlan(body), assume })
  const { drivers: _drivers, ...simulation } = found
  await keepSimulation(db, { id, hash, simulation, by: address, userId: null })
  return { ...found, hash }
}

/** Checks who acts as a log-in is checked. @throws {UsageError} for a wrong password or who is no admin */
async function byAdmin<T>(
  db: Database,
  { email, password, note }: Admin,
  act: (by: { by: string; userId: string; note: string }) => Promise<T>,
): Promise<T> {
  const user = await createLogin({ db })({ email, password, address })
  if (user.role !== 'admin') throw new UsageError(`"${email}" is no admin.`)
  return act({ by: user.email, userId: user.id, note })
}

/** What is not allowed is the caller's to put right. */
async function asUsage<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof PlanError || error instanceof InvalidPlanError || error instanceof ProblemError)
      throw new UsageError(error.message, { cause: error })
    throw error
  }
}
