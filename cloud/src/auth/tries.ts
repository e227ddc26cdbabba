import { ProblemError } from '../http/problem.ts'
import { waitWords } from '../http/wait-words.ts'
import { createAttempts } from './attempts.ts'

const windowMs = 10 * 60_000

/** Whose try it is: from a network address, at an e-mail address. */
export interface Try {
  readonly email: string
  readonly address: string
}

interface TriesOptions {
  /** Tries of one network address in ten minutes: at one e-mail address, and at many. */
  readonly limits: { readonly email: number; readonly address: number }
  /** What there were too many of, for who is refused. */
  readonly what: string
}

/**
 * Counts tries of network addresses at e-mail addresses. An e-mail address by itself has no limit, as anyone who knows it could then
 * lock its owner out.
 */
export function createTries({ limits, what }: TriesOptions) {
  const byEmail = createAttempts({ limit: limits.email, windowMs })
  const byAddress = createAttempts({ limit: limits.address, windowMs })
  const pairOf = ({ email, address }: Try) => `${address} ${email}`
  const tooMany = (seconds: number) =>
    new ProblemError('too-many-requests', `Too many ${what}; try again in ${waitWords(seconds)}.`, {
      headers: { 'retry-after': String(seconds) },
    })
  return {
    tooMany,
    /** @throws ProblemError `too-many-requests` where there were too many */
    check(of: Try): void {
      const blockedMs = Math.max(byEmail.blockedMs(pairOf(of)), byAddress.blockedMs(of.address))
      if (blockedMs > 0) throw tooMany(Math.ceil(blockedMs / 1000))
    },
    count(of: Try): void {
      byEmail.fail(pairOf(of))
      byAddress.fail(of.address)
    },
    /** Forgets those at this e-mail address. */
    clear: (of: Try): void => byEmail.clear(pairOf(of)),
  }
}
