import type { RuleContestBody } from '@fairmile/contract/http/contests.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { contests } from '../db/schema/contests.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { transactAgain } from '../db/transact-again.ts'
import { ProblemError } from '../http/problem.ts'
import { policyOf } from '../trips/trip-completed.ts'
import { correctLimit } from './correct-limit.ts'
import type { Effect } from './effect.ts'
import { refuseDenied } from './refuse-denied.ts'
import { sayWord } from './say-word.ts'
import { type ContestRow, lockPending, refuseLate } from './settle-contest.ts'

interface RuleContest {
  id: string
  ask: RuleContestBody
  /** The admin: id of the user. */
  by: { userId: string }
  nowMs: number
  /** What the event does to the premium; null where nobody knows. */
  effect: Effect | null
}

/**
 * An admin's word on a contest. It settles it, unless two have to agree: then it waits for another admin who says the same. Whoever has a part in it
 * neither upholds nor rejects it alone, nor with another who has one: who opened it, is the driver, has the policy that pays for the trip, or is said
 * to have driven, and a log-in whose password they may know. Once the time is over it can be upheld only.
 *
 * @throws ProblemError `forbidden` where one person may be behind both words; `conflict` where the contest is another by now, or the same admin speaks twice; `validation` for a limit that is missing or
 * takes something from the driver, and for another driver without a policy on that day
 */
export async function ruleContest(
  db: Database,
  { id, ask, by: admin, nowMs, effect }: RuleContest,
): Promise<ContestRow> {
  return transactAgain(db, async (tx) => {
    const contest = await lockPending(tx, id, ask.version)
    if (ask.ruling !== 'upheld') refuseLate(contest, nowMs)
    const [event] = await tx.select().from(drivingEvents).where(eq(drivingEvents.id, contest.eventId))
    if (!event) throw new Error(`Ruling on contest "${id}": its event "${contest.eventId}" is gone`)
    const limit = limitOf(ask, contest, event)
    const drivenBy = await otherOf(tx, ask, contest, event.startAt)
    const { ruling, grounds } = ask
    const by = { by: 'admin', userId: admin.userId } as const
    const word = { ruling, ...by, grounds, nowMs, effect, limit, drivenBy }
    await sayWord(
      tx,
      { contest, event, word },
      { ...(limit && { correct: () => correctLimit(tx, { contest, event, limit, nowMs }) }) },
    )
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
  const [from, until] = [Date.parse(limit.from ?? ''), Date.parse(limit.until ?? '')]
  if (from > until) throw invalid('limit', 'it has to end after it begins')
  const at = event.startAt.getTime()
  if (from > at || until < at)
    throw invalid('limit', `the event was at ${event.startAt.toISOString()}, out of that time`)
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
  await refuseDenied(tx, contest.tripId, driverId)
  return driverId
}

const invalid = (field: string, message: string) =>
  new ProblemError('validation', `${message[0]!.toUpperCase()}${message.slice(1)}.`, {
    errors: [{ path: `json.${field}`, message }],
  })
