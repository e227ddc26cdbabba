import type { User } from '@fairmile/contract/http/auth.ts'
import type { Database } from '../db/database.ts'
import { findUserByEmail } from '../drivers/users.ts'
import { ProblemError } from '../http/problem.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { createTries, type Try } from './tries.ts'

/**
 * Failed log-ins of one network address before it must pause. Who guesses from many network addresses is slowed by `maxChecks`.
 */
const limits = { email: 10, address: 50 } as const
/** Passwords checked at once: each takes 32 MiB and a thread of the pool. Others are told to come back. */
const maxChecks = 8

/** Checks an e-mail address and password. @throws ProblemError `unauthorized` or `too-many-requests` */
export type Login = (attempt: Try & { password: string }) => Promise<User>

/** A log-in that slows guessing down; an unknown e-mail address takes as long as a wrong password, or one that is not chosen yet. */
export function createLogin({ db }: { db: Database }): Login {
  const failed = createTries({ limits, what: 'log-ins that failed' })
  let decoy: Promise<string> | undefined
  let checks = 0

  return async (attempt) => {
    failed.check(attempt)
    if (checks >= maxChecks) throw failed.tooMany(1)
    checks++
    try {
      const known = await findUserByEmail(db, attempt.email)
      decoy ??= hashPassword('nobody')
      const right = await verifyPassword(attempt.password, known?.passwordHash ?? (await decoy))
      if (!known?.passwordHash || !right) {
        failed.count(attempt)
        throw new ProblemError('unauthorized', 'The e-mail address or the password is wrong.')
      }
      failed.clear(attempt)
      return known.user
    } finally {
      checks--
    }
  }
}
