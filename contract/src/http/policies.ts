import { z } from 'zod'
import { Rated } from '../rating-plan.ts'
import { DriverId } from './ids.ts'
import { Name } from './name.ts'

/** The insurance of one vehicle for one driver under a rating plan; both days are included. */
export const CreatePolicyBody = z
  .object({
    driverId: DriverId,
    vehicle: z.object({ name: Name }),
    planId: z.string().min(1).max(60),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    rated: Rated.default({}).describe('what it tells its plan: jurisdiction and classes'),
  })
  .refine((policy) => policy.startsOn <= policy.endsOn, {
    path: ['endsOn'],
    message: 'the policy must end on or after the day it starts',
  })
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

export const Policy = z
  .object({
    id: z.string(),
    driverId: z.string(),
    vehicle: z.object({ id: z.string(), name: z.string() }),
    planId: z.string(),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    rated: Rated.optional(),
  })
  .meta({ id: 'Policy' })
export type Policy = z.infer<typeof Policy>
