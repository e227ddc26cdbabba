import type { Database } from '../db/database.ts'
import { lockPending, settleContest } from './settle-contest.ts'

/** The driver takes a contest back: the event counts again. @throws ProblemError `conflict` where it is another by now */
export function withdrawContest(
  db: Database,
  { id, version, userId, nowMs }: { id: string; version: number; userId: string; nowMs: number },
): Promise<void> {
  return db.transaction(async (tx) => {
    const contest = await lockPending(tx, id, version)
    const grounds = 'The driver took the contest back.'
    await settleContest(tx, contest, { ruling: 'withdrawn', by: 'driver', userId, grounds, nowMs, effect: null })
  })
}
