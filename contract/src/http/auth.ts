import { z } from 'zod'

/** Shortest password that may be set (NIST SP 800-63B-4 asks for 15 where it is the only factor, 8 at least). */
const minPasswordLength = 10
/** Fewest different characters: `aaaaaaaaaa` is long and the first guess. */
const minPasswordCharacters = 5
/** Longest: bounds the work of the hash. */
const maxPasswordLength = 200

/** An e-mail address, compared in lower case. */
export const Email = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase())
export const NewPassword = z
  .string()
  .min(minPasswordLength)
  .max(maxPasswordLength)
  .refine((password) => new Set(password).size >= minPasswordCharacters, {
    message: `at least ${minPasswordCharacters} different characters`,
  })

export const LoginBody = z
  .object({ email: Email, password: z.string().min(1).max(maxPasswordLength) })
  .meta({ id: 'LoginBody', example: { email: 'driver@example.com', password: 'a long password' } })
export type LoginBody = z.infer<typeof LoginBody>

export const roles = ['driver', 'admin'] as const
export type Role = (typeof roles)[number]

/** Who is logged in; `driverId` is null for those who are no driver. */
export const User = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(roles),
    driverId: z.string().nullable(),
  })
  .meta({ id: 'User' })
export type User = z.infer<typeof User>

/** A fresh session: the same token is in the `fairmile_session` cookie. */
export const Session = z
  .object({ accessToken: z.string(), expiresAt: z.iso.datetime(), user: User })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>
