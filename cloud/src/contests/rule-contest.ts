import type { RuleContestBody } from '@fairmile/contract/http/contests.ts'
import { contestRules, needsSecond } from '@fairmile/models/contests/contest-rules.ts'
import { desc, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { contestRulingRows, contests } from '../db/schema/contests.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { ProblemError } from '../http/problem.ts'
import { policyOf } from '../trips/trip-completed.ts'
import { correctLimit } from './correct-limit.ts'
import type { Effect } from './effect.ts'
import { type ContestRow, keepWord, lockPending, settleContest, type Word } from './settle-contest.ts'

interface RuleContest {
  id: string
  ask: RuleContestBody
  /** Id of the admin's user. */
  userId: string
  nowMs: number
  /** What the event does to the premium; null where nobody knows. */
  effect: Effect | null
}

/**
 * An admin's word on a contest. It settles it, unless two have to agree: then it waits for another admin who says the same.
 *
 * @throws ProblemError `conflict` where the contest is another by now, or the same admin speaks twice; `validation` for a limit that is missing or
 * takes something from the driver, and for another driver without a policy on that day
 */
export async function ruleContest(db: Database, { id, ask, userId, nowMs, effect }: RuleContest): Promise<ContestRow> {
  return db.transaction(async (tx) => {
    const contest = await lockPending(tx, id, ask.version)
    const [event] = await tx.select().from(drivingEvents).where(eq(drivingEvents.id, contest.eventId))
    if (!event) throw new Error(`Ruling on contest "${id}": its event "${contest.eventId}" is gone`)
    const limit = limitOf(ask, contest, event)
    const drivenBy = await otherOf(tx, ask, contest, event.startAt)
    const { ruling, grounds } = ask
    const word: Word = { ruling, by: 'admin', userId, grounds, nowMs, effect, limitKmh: limit?.limitKmh ?? null }
    if (needsSecond({ kind: event.kind, effect }, contestRules) && !(await isSeconded(tx, contest, word))) {
      await keepWord(tx, id, word, false)
      await tx
        .update(contests)
        .set({ state: 'awaiting_second', version: contest.version + 1 })
        .where(eq(contests.id, id))
    } else
      await settleContest(tx, contest, word, {
        drivenBy,
        ...(limit && { beforeTrip: () => correctLimit(tx, { contest, event, limit, nowMs }) }),
      })
    const [after] = await tx.select().from(contests).where(eq(contests.id, id))
    return after!
  })
}

type EventRow = typeof drivingEvents.$inferSelect

/** The limit that a ruling corrects. */
function limitOf({ ruling, limit }: RuleContestBody, { reason }: ContestRow, event: EventRow) {
  const corrects = ruling === 'upheld' && reason === 'wrong_limit' && event.kind === 'speeding'
  if (!corrects) {
    if (limit) throw invalid('limit', 'only upholding a contest of the limit, of an event of speeding, corrects it')
    return null
  }
  if (event.lat === null || event.lon === null) return null
  if (!limit) throw invalid('limit', 'say what the true limit is: it is corrected for everyone')
  if (limit.limitKmh <= (event.limitKmh ?? 0))
    throw invalid('limit', `the true limit has to be above the ${event.limitKmh} km/h that the event was judged by`)
  if (limit.from && limit.until && limit.from > limit.until) throw invalid('limit', 'it has to end after it begins')
  return limit
}

async function otherOf(
  tx: Database,
  { ruling, driverId }: RuleContestBody,
  contest: ContestRow,
  at: Date,
): Promise<string | null> {
  if (driverId === undefined || driverId === null) return null
  if (contest.reason !== 'not_me' || ruling !== 'upheld')
    throw invalid('driverId', 'who drove instead is said to uphold "not_me" alone')
  if (driverId === contest.driverId || (await policyOf(tx, driverId, at)) === null)
    throw invalid('driverId', `"${driverId}" is the driver who contests, or has no policy on the day of the trip`)
  return driverId
}

/** Whether another admin's newest word is the same. @throws ProblemError `conflict` where this admin spoke last */
async function isSeconded(tx: Database, { id }: ContestRow, word: Word): Promise<boolean> {
  const words = await tx
    .select()
    .from(contestRulingRows)
    .where(eq(contestRulingRows.contestId, id))
    .orderBy(desc(contestRulingRows.number))
  const [last] = words
  const isSame = (one: (typeof words)[number]): boolean =>
    one.ruling === word.ruling && one.limitKmh === (word.limitKmh ?? null)
  if (last?.userId === word.userId && isSame(last))
    throw new ProblemError('conflict', 'You have said so already: a second admin has to agree.')
  const newest = new Map<string | null, (typeof words)[number]>()
  for (const one of words) if (!newest.has(one.userId)) newest.set(one.userId, one)
  newest.delete(word.userId)
  return [...newest.values()].some(isSame)
}

const invalid = (field: string, message: string) =>
  new ProblemError('validation', `${message[0]!.toUpperCase()}${message.slice(1)}.`, {
    errors: [{ path: `json.${field}`, message }],
  })
