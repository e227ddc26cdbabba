import { z } from 'zod'
import { Rated } from '../rating-plan.ts'
import { DriverId } from './ids.ts'
import { Name } from './name.ts'
import { Day } from './times.ts'

export const firstPolicyDay = '2000-01-01'
export const lastPolicyDay = '2999-12-31'
export const termLength = 'a term is of two years at most'

/** Whether two days, both included, make a term: of two years at most. */
export function isTerm({ startsOn, endsOn }: { startsOn: string; endsOn: string }): boolean {
  const twoYearsOn = `${Number(startsOn.slice(0, 4)) + 2}${startsOn.slice(4)}`
  return startsOn <= endsOn && endsOn < twoYearsOn && endsOn <= lastPolicyDay
}

/** The insurance of one vehicle for one driver under a rating plan; both days are included. */
export const CreatePolicyBody = z
  .object({
    driverId: DriverId,
    vehicle: z.object({ name: Name }),
    planId: z.string().min(1).max(60),
    startsOn: Day,
    endsOn: Day,
    rated: Rated.default({}).describe('what it tells its plan: jurisdiction and classes'),
  })
  .refine((policy) => policy.startsOn <= policy.endsOn, {
    path: ['endsOn'],
    message: 'the policy must end on or after the day it starts',
  })
  .refine((policy) => policy.startsOn > policy.endsOn || isTerm(policy), { path: ['endsOn'], message: termLength })
  .meta({
    id: 'CreatePolicyBody',
    example: {
      driverId: 'DRV-0001',
      vehicle: { name: 'Family car' },
      planId: 'fairmile-1',
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
    },
  })
export type CreatePolicyBody = z.infer<typeof CreatePolicyBody>

/** What became of a policy. One that was voided before it began has no day: it ends on the day before its first. */
export const policyStates = ['active', 'renewed', 'endorsed', 'cancelled', 'voided'] as const

export const Policy = z
  .object({
    id: z.string(),
    driverId: z.string(),
    vehicle: z.object({ id: z.string(), name: z.string() }),
    planId: z.string(),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    rated: Rated.optional(),
    state: z.enum(policyStates),
  })
  .meta({ id: 'Policy' })
export type Policy = z.infer<typeof Policy>

/** `restored`: the endorsement that cut it short was undone. */
export const policyChangeKinds = ['bound', 'renewed', 'endorsed', 'cancelled', 'voided', 'restored'] as const

/** A change of a policy: what, from which day on, by whom and why. */
const PolicyChange = z.object({
  kind: z.enum(policyChangeKinds),
  onDay: z.iso.date(),
  changedBy: z.string(),
  reason: z.string(),
  recordedAt: z.iso.datetime(),
})

/** A policy with what became of it. */
export const PolicyDetail = Policy.extend({
  /** The policy that it renews, or that became this one within its term. */
  follows: z.string().nullable(),
  /** The first day of the term that is not billed yet; null before the first bill. */
  billedUntil: z.iso.date().nullable(),
  history: z.array(PolicyChange),
}).meta({ id: 'PolicyDetail' })
export type PolicyDetail = z.infer<typeof PolicyDetail>

const reason = z.string().trim().min(3).max(500)

const newlyRated = Rated.optional().describe('in place of all that it told its plan: jurisdiction and classes')

/** The next term. What is left out stays as it is. */
export const RenewPolicyBody = z
  .strictObject({ planId: z.string().min(1).max(60).optional(), rated: newlyRated, endsOn: Day.optional() })
  .meta({ id: 'RenewPolicyBody' })
export type RenewPolicyBody = z.infer<typeof RenewPolicyBody>

/** Another car, plan or rating from a day on, within the term. What is left out stays as it is. */
export const EndorsePolicyBody = z
  .strictObject({
    on: Day,
    planId: z.string().min(1).max(60).optional(),
    rated: newlyRated,
    vehicle: z.object({ name: Name }).optional(),
    reason,
  })
  .refine(
    ({ planId, rated, vehicle }) => planId !== undefined || rated !== undefined || vehicle !== undefined,
    'planId, rated or vehicle is needed',
  )
  .meta({ id: 'EndorsePolicyBody' })
export type EndorsePolicyBody = z.infer<typeof EndorsePolicyBody>

/**
 * The end of a policy: `on` is the first day that is not insured any more. On the first day of one that has not begun it is voided,
 * which gives the policy that became it by an endorsement its term back.
 */
export const CancelPolicyBody = z.strictObject({ on: Day, reason }).meta({ id: 'CancelPolicyBody' })
export type CancelPolicyBody = z.infer<typeof CancelPolicyBody>
