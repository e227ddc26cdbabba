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

/** Asks for a link by which the password of an e-mail address is set; it goes to that address, where there is such a log-in. */
export const AskPasswordLinkBody = z
  .strictObject({ email: Email })
  .meta({ id: 'AskPasswordLinkBody', example: { email: 'driver@example.com' } })

/** Longest text that is looked at as the token of a link; ours have 43 characters. */
const maxTokenLength = 200

/** A new password, set by who has the link from a mail: `token` is what stands behind its `#`. */
export const UsePasswordLinkBody = z
  .strictObject({ token: z.string().min(1).max(maxTokenLength), password: NewPassword })
  .meta({
    id: 'UsePasswordLinkBody',
    example: { token: 'mX0b5c2vT1q9Jr7sYd3kW8uFhL6zPnA4eGiVoCwQtRM', password: 'a long password' },
  })

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
