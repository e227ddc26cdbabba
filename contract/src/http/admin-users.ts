import { z } from 'zod'
import { Email, NewPassword, roles } from './auth.ts'
import { UserId } from './ids.ts'
import { Name } from './name.ts'

export const UserParams = z.object({ userId: UserId })

/**
 * A log-in of an admin; drivers get theirs with `POST /api/v1/drivers`. Without a password its owner is sent a link to choose one, which
 * nobody else then knows.
 */
export const CreateUserBody = z.strictObject({ name: Name, email: Email, password: NewPassword.optional() }).meta({
  id: 'CreateUserBody',
  example: { name: 'Robin Weber', email: 'robin@example.com' },
})
export type CreateUserBody = z.infer<typeof CreateUserBody>

/** What is to change of a log-in; either ends its sessions. */
export const UpdateUserBody = z
  .strictObject({ role: z.enum(roles).optional(), disabled: z.boolean().optional() })
  .refine(({ role, disabled }) => role !== undefined || disabled !== undefined, 'role or disabled is needed')
  .meta({ id: 'UpdateUserBody', example: { disabled: true } })
export type UpdateUserBody = z.infer<typeof UpdateUserBody>

/** A new password, set by an admin: it ends the sessions of the log-in. */
export const ResetPasswordBody = z.strictObject({ password: NewPassword }).meta({ id: 'ResetPasswordBody' })
