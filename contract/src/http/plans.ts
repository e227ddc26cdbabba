import { z } from 'zod'
import { Rated } from '../rating-plan.ts'
import { Note } from './models.ts'

const moment = z.iso.datetime()

/** How a plan stands: only an approved one takes new policies; one that was withdrawn goes on pricing those it has. */
export const planStates = ['draft', 'approved', 'withdrawn'] as const
const PlanState = z.enum(planStates).meta({ id: 'RatingPlanState' })

const Unit = z.object({
  totalMinor: z.int(),
  discountMinor: z.int(),
  /** Null without kilometres. */
  cleanSharePpm: z.int().nullable(),
})

/** A policy whose premium a plan would change; minor units of the term so far. */
const PremiumChange = z
  .object({
    policyId: z.string(),
    driverId: z.string(),
    beforeMinor: z.int(),
    afterMinor: z.int(),
    /** After against before, per cent; null where it was nothing before. */
    percent: z.number().nullable(),
  })
  .meta({ id: 'PremiumChange' })
export type PremiumChange = z.infer<typeof PremiumChange>

/** What a plan would do to the portfolio; money in minor units of `currency`, of the terms so far. */
export const PlanSimulation = z
  .object({
    plan: z.object({ id: z.string(), version: z.string(), cleanUnit: z.enum(['trip', 'stretch']) }),
    currency: z.string().length(3),
    policies: z.int(),
    distanceKm: z.int(),
    /** Policies that the plan cannot price, by reason; in none of the sums. */
    notRated: z.array(z.object({ reason: z.string(), policies: z.int() })),
    beforeMinor: z.int(),
    afterMinor: z.int(),
    /** New total by old total, and what the new rates would have to be multiplied with to bring as much; null without premiums. */
    offBalance: z.object({ ratio: z.number(), balancingFactor: z.number() }).nullable(),
    /** How many policies change by how much. */
    dislocation: z.object({
      cheaper: z.int(),
      dearer: z.int(),
      meanPercent: z.number().nullable(),
      largestPercent: z.number().nullable(),
      steps: z.array(z.object({ name: z.string(), drivers: z.int() })),
    }),
    /** Whose premiums change the most, twenty each at most, the largest in per cent first; told to admins alone, and not by releases before it. */
    largest: z.object({ rises: z.array(PremiumChange), falls: z.array(PremiumChange) }).optional(),
    /** The same under both clean units. */
    cleanUnits: z.object({ trip: Unit, stretch: Unit }),
    coverages: z.array(z.object({ name: z.string(), beforeMinor: z.int(), afterMinor: z.int() })),
    /** What the events that make trips unclean cost: by the relativity alone, by the discount alone, and what both together make more or less. */
    events: z.object({ relativityMinor: z.int(), discountMinor: z.int(), jointlyMinor: z.int() }),
  })
  .meta({ id: 'PlanSimulation' })
export type PlanSimulation = z.infer<typeof PlanSimulation>

/** A rating plan where it stands. */
export const PlanSummary = z
  .object({
    id: z.string(),
    version: z.string(),
    title: z.string(),
    state: PlanState,
    effectiveFrom: z.iso.date(),
    effectiveUntil: z.iso.date().nullable(),
    /** SHA-256 of its canonical JSON, hex. */
    hash: z.string(),
    /** E-mail addresses of admins, or `release`; told to admins alone, as are all simulations and changes. */
    createdBy: z.string().nullable(),
    createdAt: moment,
    approvedBy: z.string().nullable(),
    approvedAt: moment.nullable(),
  })
  .meta({ id: 'RatingPlanSummary' })
export type PlanSummary = z.infer<typeof PlanSummary>

/** What was done with a plan, by whom, when and why. */
const PlanChange = z.object({
  action: z.enum(['submitted', 'simulated', 'approved', 'withdrawn']),
  by: z.string(),
  at: moment,
  note: z.string(),
  hash: z.string(),
})

export const PlanDetail = PlanSummary.extend({
  /** The plan itself, as it is hashed. */
  plan: z.record(z.string(), z.unknown()),
  /** The newest; told to admins alone. */
  simulation: PlanSimulation.nullable(),
  simulatedAt: moment.nullable(),
  /** The one that the approval rested on; null before it, for plans of the release, and to others than admins. */
  approvedSimulation: PlanSimulation.nullable(),
  changes: z.array(PlanChange),
}).meta({ id: 'RatingPlanDetail' })
export type PlanDetail = z.infer<typeof PlanDetail>

/** The plans, the newest first; there are few. */
export const PlanList = z.object({ items: z.array(PlanSummary) }).meta({ id: 'RatingPlanList' })
export type PlanList = z.infer<typeof PlanList>

export const PlanParams = z.object({ planId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/) })

/** A plan to be looked at by another admin. */
export const SubmitPlanBody = z
  .strictObject({
    plan: z.record(z.string(), z.unknown()).describe('as GET /api/v1/plans/schema describes it'),
    note: Note,
  })
  .meta({ id: 'SubmitPlanBody' })

/** Prices the portfolio by the plan. */
export const SimulatePlanBody = z
  .strictObject({ assume: Rated.default({}).describe('what policies tell the plan that say nothing of it') })
  .meta({ id: 'SimulatePlanBody' })

/** Approves what was seen, and nothing that came in its place. */
export const ApprovePlanBody = z
  .strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/), note: Note })
  .meta({ id: 'ApprovePlanBody' })

export const WithdrawPlanBody = z.strictObject({ note: Note }).meta({ id: 'WithdrawPlanBody' })
