import { hash } from 'node:crypto'
import type { User } from '@fairmile/contract/http/auth.ts'
import { readSession, type SessionToken, signSession } from './session-token.ts'
import { createWatchers } from './watchers.ts'

/** A working day: a lost laptop is logged in no longer than that. */
const lifetimeS = 12 * 3600
/** Verified tokens kept: verifying costs up to 0.2 ms, and 10,000 sessions take about 5 MB. The oldest is dropped. */
const maxVerified = 10_000
/** No token of ours is longer; a longer one is not looked at. */
const maxTokenLength = 2_048
/** How long a token is taken as not revoked without asking, milliseconds: who logs out in one process is out everywhere after that. */
export const revocationBoundMs = 30_000

/** Issues and checks session tokens: signed JWTs (HS256) that carry who is logged in. */
export interface Sessions {
  issue: (user: User) => Promise<{ token: string; expiresAt: Date }>
  /** Who the token stands for; null for a token that is forged, expired, revoked or not ours. */
  verify: (token: string) => Promise<User | null>
  /** Who a token stands for that was verified here a moment ago, at once; null where that has to be asked. */
  peek: (token: string) => User | null
  /** Ends a session before its time; a token that is none of ours ends nothing. */
  revoke: (token: string) => Promise<void>
  /** Asks anew about every session of a user: what was ended for all of them is ended here at once. */
  forget: (userId: string) => void
  /**
   * Calls `ended` once, where this process ends a session or learns that it has ended; the returned function waits no longer. Of what
   * another process ends it learns where it asks (`verify`).
   */
  watch: (session: { token: string; userId: string }, ended: () => void) => () => void
}

/** Where ended sessions are noted until they would have expired, by the hash of their token; and those of a user that were ended at once. */
export interface Revocations {
  has: (tokenHash: string, of: { userId: string; issuedMs: number }) => Promise<boolean>
  add: (tokenHash: string, expiresAt: Date) => Promise<void>
}

interface SessionOptions {
  /** HS256 key, at least 32 bytes. */
  readonly secret: Uint8Array
  readonly revocations: Revocations
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number
  /** Monotonic clock, milliseconds. */
  readonly monotonicMs?: () => number
}

interface Verified extends SessionToken {
  /** Until when it is taken as not revoked; of the monotonic clock. */
  askMs: number
}

export function createSessions(options: SessionOptions): Sessions {
  const { secret, revocations, now = Date.now, monotonicMs = () => performance.now() } = options
  if (secret.length < 32)
    throw new RangeError(`Signing sessions: the key has ${secret.length} bytes, at least 32 needed`)
  const verified = new Map<string, Verified>()
  /** Tokens that are being looked at: one look for all who ask at once. */
  const looks = new Map<string, Promise<User | null>>()
  const watchers = createWatchers()

  const peek = (token: string): User | null => {
    const known = verified.get(token)
    return known && known.expiresMs > now() && known.askMs > monotonicMs() ? known.user : null
  }

  async function read(token: string): Promise<Verified | null> {
    const session = await readSession(token, { secret, nowMs: now() })
    return session && { ...session, askMs: 0 }
  }

  async function look(token: string): Promise<User | null> {
    const known = verified.get(token) ?? (await read(token))
    if (!known || known.expiresMs <= now() || (await isRevoked(token, known))) {
      verified.delete(token)
      watchers.tell(token)
      return null
    }
    known.askMs = monotonicMs() + revocationBoundMs
    if (!verified.has(token) && verified.size >= maxVerified) verified.delete(verified.keys().next().value ?? '')
    verified.set(token, known)
    return known.user
  }

  async function verify(token: string): Promise<User | null> {
    if (token.length > maxTokenLength) return null
    const known = peek(token)
    if (known) return known
    const under = looks.get(token)
    if (under) return under
    const looking = look(token).finally(() => looks.delete(token))
    looks.set(token, looking)
    return looking
  }

  const isRevoked = (token: string, { user, issuedMs }: Verified): Promise<boolean> =>
    revocations.has(hashOf(token), { userId: user.id, issuedMs })

  return {
    issue: async (user) => {
      const issuedMs = now()
      const expiresS = Math.floor(issuedMs / 1000) + lifetimeS
      const token = await signSession(user, { secret, issuedMs, expiresS })
      return { token, expiresAt: new Date(expiresS * 1000) }
    },

    peek,

    verify,
    revoke: async (token) => {
      if (token.length > maxTokenLength) return
      const known = verified.get(token) ?? (await read(token))
      if (!known) return
      await revocations.add(hashOf(token), new Date(known.expiresMs))
      verified.delete(token)
      watchers.tell(token)
    },

    forget: (userId) => {
      for (const known of verified.values()) if (known.user.id === userId) known.askMs = 0
      // One that cannot be asked about now is asked about again by who holds the connection.
      for (const token of watchers.tokensOf(userId)) verify(token).catch(() => undefined)
    },
    watch: ({ token, userId }, ended) => watchers.add(token, userId, ended),
  }
}

const hashOf = (token: string): string => hash('sha256', token, 'base64url')
