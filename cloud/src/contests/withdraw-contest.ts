import type { WithdrawContestBody } from '@fairmile/contract/http/contests.ts'
import type { Database } from '../db/database.ts'
import { transactAgain } from '../db/transact-again.ts'
import { ProblemError } from '../http/problem.ts'
import { lockPending, refuseLate, settleContest, type Word } from './settle-contest.ts'

interface WithdrawContest {
  id: string
  ask: WithdrawContestBody
  /** Id of the user, and the driver who they are. */
  by: { userId: string; driverId: string | null }
  nowMs: number
}

/**
 * Takes a contest back: the event counts again. Its driver may, and an admin who opened it for them, with grounds and in their own name.
 *
 * @throws ProblemError `forbidden` for anybody else, `validation` without grounds, `conflict` where it is another by now or silence has decided
 */
export function withdrawContest(db: Database, { id, ask, by, nowMs }: WithdrawContest): Promise<void> {
  return transactAgain(db, async (tx) => {
    const contest = await lockPending(tx, id, ask.version)
    const { userId } = by
    if (contest.driverId === by.driverId) {
      const grounds = ask.grounds ?? 'The driver took the contest back.'
      return settleContest(tx, contest, { ...withdrawn, by: 'driver', userId, grounds, nowMs })
    }
    if (!contest.onBehalf || contest.openedBy !== userId)
      throw new ProblemError('forbidden', 'Only its driver takes a contest back, or the admin who opened it for them.')
    refuseLate(contest, nowMs)
    const { grounds } = ask
    const message = 'say why it is taken back: the driver reads it'
    if (grounds === undefined)
      throw new ProblemError('validation', 'Say why it is taken back.', { errors: [{ path: 'json.grounds', message }] })
    return settleContest(tx, contest, { ...withdrawn, by: 'admin', userId, grounds, nowMs })
  })
}

const withdrawn = { ruling: 'withdrawn', effect: null } as const satisfies Partial<Word>
