import { pendingStates } from '@fairmile/contract/contest.ts'
import { and, asc, inArray, lte } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { contests } from '../db/schema/contests.ts'
import { transactAgain } from '../db/transact-again.ts'
import { ProblemError } from '../http/problem.ts'
import { lockPending, settleContest } from './settle-contest.ts'

/** Contests that are ruled in one run; more are left for the next. */
const atMost = 500
const grounds = 'Nobody ruled within ten working days, and silence is for the driver.'

interface SilentOptions {
  readonly nowMs: number
  readonly signal?: AbortSignal
  /** Told of a contest that could not be upheld; the others are. */
  readonly failed: (contestId: string, error: unknown) => void
}

/**
 * Upholds what nobody ruled on in time. Each in a transaction of its own: doing it again changes nothing. What fails holds up no other, and waits for
 * the next time.
 */
export async function ruleSilentContests(
  db: Database,
  { nowMs, signal, failed }: SilentOptions,
): Promise<{ upheld: number; failed: number }> {
  const due = await db
    .select({ id: contests.id })
    .from(contests)
    .where(and(inArray(contests.state, [...pendingStates]), lte(contests.ruleBy, new Date(nowMs))))
    .orderBy(asc(contests.ruleBy), asc(contests.id))
    .limit(atMost)
  const told = { upheld: 0, failed: 0 }
  for (const { id } of due) {
    if (signal?.aborted) break
    try {
      await transactAgain(db, async (tx) => {
        const contest = await lockPending(tx, id, null)
        const word = { ruling: 'upheld', by: 'silence', userId: null, grounds, nowMs, effect: null } as const
        await settleContest(tx, contest, word)
      })
      told.upheld += 1
    } catch (error) {
      // An admin or the driver was quicker.
      if (error instanceof ProblemError && error.kind === 'conflict') continue
      if (signal?.aborted) throw error
      told.failed += 1
      failed(id, error)
    }
  }
  return told
}
