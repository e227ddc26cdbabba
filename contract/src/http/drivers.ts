import { z } from 'zod'
import { Email, NewPassword } from './auth.ts'
import { Name } from './name.ts'
import { Policy } from './policies.ts'

/** A new driver with a log-in. Without a password the driver is sent a link to choose one, which nobody else then knows. */
export const CreateDriverBody = z.object({ name: Name, email: Email, password: NewPassword.optional() }).meta({
  id: 'CreateDriverBody',
  example: { name: 'Ada Berger', email: 'ada@example.com', password: 'a long password' },
})
export type CreateDriverBody = z.infer<typeof CreateDriverBody>

/** What is to change of a driver; what is left out stays. The e-mail address is the log-in: an admin alone changes it. */
export const UpdateDriverBody = z
  .object({ name: Name.optional(), email: Email.optional() })
  .refine(({ name, email }) => name !== undefined || email !== undefined, 'name or email is needed')
  .meta({ id: 'UpdateDriverBody', example: { name: 'Ada Berger' } })
export type UpdateDriverBody = z.infer<typeof UpdateDriverBody>

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
