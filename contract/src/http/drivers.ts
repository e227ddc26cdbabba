import { z } from 'zod'
import { Email, NewPassword } from './auth.ts'
import { Name } from './name.ts'
import { Policy } from './policies.ts'

/** A new driver with a log-in. */
export const CreateDriverBody = z
  .object({ name: Name, email: Email, password: NewPassword })
  .meta({ id: 'CreateDriverBody' })
export type CreateDriverBody = z.infer<typeof CreateDriverBody>

export const Driver = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    createdAt: z.iso.datetime(),
    policies: z.array(Policy),
  })
  .meta({ id: 'Driver' })
export type Driver = z.infer<typeof Driver>
