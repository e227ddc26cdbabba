import type { WithdrawContestBody } from '@fairmile/contract/http/contests.ts'
import { and, desc, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { contestRulingRows } from '../db/schema/contests.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { transactAgain } from '../db/transact-again.ts'
import { ProblemError } from '../http/problem.ts'
import type { Effect } from './effect.ts'
import { sayWord } from './say-word.ts'
import { type ContestRow, lockPending, refuseLate, settleContest, type Word } from './settle-contest.ts'

interface WithdrawContest {
  id: string
  ask: WithdrawContestBody
  /** Id of the user, and the driver who they are. */
  by: { userId: string; driverId: string | null }
  nowMs: number
  /** What the event does to the premium; null where nobody knows. */
  effect: Effect | null
}

/**
 * Takes a contest back: the event counts again. Its driver may, alone. An admin who opened it for them says so with grounds and in their own name, and it
 * stands once as many admins without a part in it say the same as a ruling asks for: what was given back at the opening is not one admin's to give.
 *
 * @throws ProblemError `forbidden` for anybody else and where one person may be behind both words, `validation` without grounds, `conflict` where it is
 * another by now, silence has decided, or the same admin speaks twice
 */
export function withdrawContest(db: Database, { id, ask, by, nowMs, effect }: WithdrawContest): Promise<void> {
  return transactAgain(db, async (tx) => {
    const contest = await lockPending(tx, id, ask.version)
    const { userId } = by
    if (contest.driverId === by.driverId) {
      const grounds = ask.grounds ?? 'The driver took the contest back.'
      return settleContest(tx, contest, { ...withdrawn, by: 'driver', userId, grounds, effect: null, nowMs })
    }
    const isOpener = contest.onBehalf && contest.openedBy === userId
    if (!isOpener && !(await isAskedFor(tx, contest)))
      throw new ProblemError('forbidden', 'Only its driver takes a contest back, or the admin who opened it for them.')
    refuseLate(contest, nowMs)
    const { grounds } = ask
    const message = 'say why it is taken back: the driver reads it'
    if (grounds === undefined)
      throw new ProblemError('validation', 'Say why it is taken back.', { errors: [{ path: 'json.grounds', message }] })
    const [event] = await tx.select().from(drivingEvents).where(eq(drivingEvents.id, contest.eventId))
    if (!event) throw new Error(`Taking back contest "${id}": its event "${contest.eventId}" is gone`)
    return sayWord(tx, { contest, event, word: { ...withdrawn, by: 'admin', userId, grounds, effect, nowMs } })
  })
}

const withdrawn = { ruling: 'withdrawn' } as const satisfies Partial<Word>

/** Whether the admin who opened a contest for its driver says to take it back, by their newest word. */
async function isAskedFor(tx: Database, { id, openedBy, onBehalf }: ContestRow): Promise<boolean> {
  const { contestId, number, ruling, userId } = contestRulingRows
  const [newest] = await tx
    .select({ ruling })
    .from(contestRulingRows)
    .where(and(eq(contestId, id), eq(userId, openedBy)))
    .orderBy(desc(number))
    .limit(1)
  return onBehalf && newest?.ruling === 'withdrawn'
}
