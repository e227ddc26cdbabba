import type { User } from '@fairmile/contract/http/auth.ts'
import type { Database } from '../db/database.ts'
import { findUserByEmail } from '../drivers/users.ts'
import { ProblemError } from '../http/problem.ts'
import { waitWords } from '../http/wait-words.ts'
import { createAttempts } from './attempts.ts'
import { hashPassword, verifyPassword } from './passwords.ts'

/**
 * Failed log-ins of one network address before it must pause: for one e-mail address, and for many. An e-mail address by
 * itself has no limit, as anyone who knows it could then lock its owner out; who guesses from many network addresses is
 * slowed by `maxChecks`.
 */
const limits = { email: 10, address: 50 } as const
const windowMs = 10 * 60_000
/** Passwords checked at once: each takes 32 MiB and a thread of the pool. Others are told to come back. */
const maxChecks = 8

/** Checks an e-mail address and password. @throws ProblemError `unauthorized` or `too-many-requests` */
export type Login = (attempt: { email: string; password: string; address: string }) => Promise<User>

/** A log-in that slows guessing down; an unknown e-mail address takes as long as a wrong password. */
export function createLogin({ db }: { db: Database }): Login {
  const byEmail = createAttempts({ limit: limits.email, windowMs })
  const byAddress = createAttempts({ limit: limits.address, windowMs })
  let decoy: Promise<string> | undefined
  let checks = 0

  return async ({ email, password, address }) => {
    const pair = `${address} ${email}`
    const blockedMs = Math.max(byEmail.blockedMs(pair), byAddress.blockedMs(address))
    if (blockedMs > 0) throw tooMany(Math.ceil(blockedMs / 1000))
    if (checks >= maxChecks) throw tooMany(1)
    checks++
    try {
      const known = await findUserByEmail(db, email)
      decoy ??= hashPassword('nobody')
      const right = await verifyPassword(password, known?.passwordHash ?? (await decoy))
      if (!known || !right) {
        byEmail.fail(pair)
        byAddress.fail(address)
        throw new ProblemError('unauthorized', 'The e-mail address or the password is wrong.')
      }
      byEmail.clear(pair)
      return known.user
    } finally {
      checks--
    }
  }
}

const tooMany = (seconds: number) =>
  new ProblemError('too-many-requests', `Too many log-ins that failed; try again in ${waitWords(seconds)}.`, {
    headers: { 'retry-after': String(seconds) },
  })
