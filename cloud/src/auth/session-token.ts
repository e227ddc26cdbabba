import { randomUUID } from 'node:crypto'
import { roles, type User } from '@fairmile/contract/http/auth.ts'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'

const issuer = 'fairmile'

const Claims = z.object({
  sub: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  driverId: z.string().nullable(),
  exp: z.number(),
  iat: z.number(),
  /** `iat` to the millisecond: a session of the second in which the others were ended may be one from after that. */
  issuedMs: z.number().optional(),
})

/** What a session's token says. */
export interface SessionToken {
  readonly user: User
  readonly expiresMs: number
  readonly issuedMs: number
}

interface SignOptions {
  /** HS256 key. */
  readonly secret: Uint8Array
  /** Epoch milliseconds. */
  readonly issuedMs: number
  /** Epoch seconds. */
  readonly expiresS: number
}

export function signSession({ id, ...claims }: User, { secret, issuedMs, expiresS }: SignOptions): Promise<string> {
  return new SignJWT({ ...claims, issuedMs })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(id)
    .setIssuer(issuer)
    .setAudience(issuer)
    .setIssuedAt(Math.floor(issuedMs / 1000))
    .setExpirationTime(expiresS)
    .setJti(randomUUID())
    .sign(secret)
}

/** Reads a token; null where it is forged, expired or not ours. */
export async function readSession(
  token: string,
  { secret, nowMs }: { secret: Uint8Array; nowMs: number },
): Promise<SessionToken | null> {
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ['HS256'],
      issuer,
      audience: issuer,
      currentDate: new Date(nowMs),
    })
    const { sub, exp, iat, issuedMs = iat * 1000, email, name, role, driverId } = Claims.parse(payload)
    return { user: { id: sub, email, name, role, driverId }, expiresMs: exp * 1000, issuedMs }
  } catch {
    return null // whatever is wrong with it, it is not a session
  }
}
