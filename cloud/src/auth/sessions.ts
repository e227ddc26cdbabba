import type { User } from '@fairmile/contract/http/auth.ts'
import { roles } from '@fairmile/contract/http/auth.ts'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'

const issuer = 'fairmile'
/** A working day: a lost laptop is logged in no longer than that. */
const lifetimeS = 12 * 3600
/** Verified tokens kept: verifying costs up to 0.2 ms, and 10,000 sessions take about 5 MB. The oldest is dropped. */
const maxVerified = 10_000
/** No token of ours is longer; a longer one is not looked at. */
const maxTokenLength = 2_048

const Claims = z.object({
  sub: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  driverId: z.string().nullable(),
  exp: z.number(),
})

/** Issues and checks session tokens: signed JWTs (HS256) that carry who is logged in. */
export interface Sessions {
  issue: (user: User) => Promise<{ token: string; expiresAt: Date }>
  /** Who the token stands for; null for a token that is forged, expired or not ours. */
  verify: (token: string) => Promise<User | null>
}

/** @param options.secret HS256 key, at least 32 bytes @param options.now wall clock in epoch milliseconds */
export function createSessions({ secret, now = Date.now }: { secret: Uint8Array; now?: () => number }): Sessions {
  if (secret.length < 32)
    throw new RangeError(`Signing sessions: the key has ${secret.length} bytes, at least 32 needed`)
  const verified = new Map<string, { user: User; expiresMs: number }>()

  return {
    issue: async (user) => {
      const issuedS = Math.floor(now() / 1000)
      const expiresS = issuedS + lifetimeS
      const { id, ...claims } = user
      const token = await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(id)
        .setIssuer(issuer)
        .setAudience(issuer)
        .setIssuedAt(issuedS)
        .setExpirationTime(expiresS)
        .sign(secret)
      return { token, expiresAt: new Date(expiresS * 1000) }
    },

    verify: async (token) => {
      if (token.length > maxTokenLength) return null
      const known = verified.get(token)
      if (known) {
        if (known.expiresMs > now()) return known.user
        verified.delete(token)
        return null
      }
      const fresh = await read(token)
      if (!fresh) return null
      if (verified.size >= maxVerified) verified.delete(verified.keys().next().value ?? '')
      verified.set(token, fresh)
      return fresh.user
    },
  }

  async function read(token: string): Promise<{ user: User; expiresMs: number } | null> {
    try {
      const { payload } = await jwtVerify(token, secret, {
        algorithms: ['HS256'],
        issuer,
        audience: issuer,
        currentDate: new Date(now()),
      })
      const { sub, exp, email, name, role, driverId } = Claims.parse(payload)
      return { user: { id: sub, email, name, role, driverId }, expiresMs: exp * 1000 }
    } catch {
      return null // whatever is wrong with it, it is not a session
    }
  }
}
