import { isDeepStrictEqual } from 'node:util'
import type { RuleContestBody } from '@fairmile/contract/http/contests.ts'
import { contestRules, needsSecond } from '@fairmile/models/contests/contest-rules.ts'
import { desc, eq } from 'drizzle-orm'
import { handsOf, logInsOfDrivers, otherHands, shareHands } from '../auth/hands.ts'
import type { Database } from '../db/database.ts'
import { contestRulingRows, contests } from '../db/schema/contests.ts'
import { policies } from '../db/schema/people.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { transactAgain } from '../db/transact-again.ts'
import { ProblemError } from '../http/problem.ts'
import { policyOf } from '../trips/trip-completed.ts'
import { correctLimit } from './correct-limit.ts'
import type { Effect } from './effect.ts'
import { refuseDenied } from './refuse-denied.ts'
import {
  type ContestRow,
  keepWord,
  lockPending,
  refuseLate,
  settleContest,
  type Word,
  whatOf,
} from './settle-contest.ts'

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
export async function ruleContest(db: Database, { id, ask, by, nowMs, effect }: RuleContest): Promise<ContestRow> {
  return transactAgain(db, async (tx) => {
    const contest = await lockPending(tx, id, ask.version)
    if (ask.ruling !== 'upheld') refuseLate(contest, nowMs)
    const [event] = await tx.select().from(drivingEvents).where(eq(drivingEvents.id, contest.eventId))
    if (!event) throw new Error(`Ruling on contest "${id}": its event "${contest.eventId}" is gone`)
    const limit = limitOf(ask, contest, event)
    const drivenBy = await otherOf(tx, ask, contest, event.startAt)
    const { ruling, grounds } = ask
    const word: Word = { ruling, by: 'admin', userId: by.userId, grounds, nowMs, effect, limit, drivenBy }
    const hands = await handsOf(tx, by.userId)
    const parties = await partiesOf(tx, contest, drivenBy)
    const isParty = shareHands(hands, parties)
    const asked = { kind: event.kind, effect, correctsLimit: limit !== null, namesDriver: drivenBy !== null }
    const two = isParty || needsSecond(asked, contestRules)
    const isAgreed = !two || (await isSeconded(tx, contest, word, { hands, parties, isParty }))
    if (isParty || !isAgreed) {
      await keepWord(tx, id, word, false)
      await tx
        .update(contests)
        .set({ state: 'awaiting_second', version: contest.version + 1 })
        .where(eq(contests.id, id))
    } else
      await settleContest(tx, contest, word, {
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

/** Log-ins that have a part in a contest: of its driver, of whose policy pays, of who is said to have driven; of one that an admin opened, all who may be at theirs. */
async function partiesOf(
  tx: Database,
  { openedBy, onBehalf, driverId, policyId }: ContestRow,
  drivenBy: string | null,
): Promise<string[]> {
  const holders = await tx
    .select({ driverId: policies.driverId })
    .from(policies)
    .where(eq(policies.id, policyId ?? ''))
  const drivers = [driverId, ...holders.map((holder) => holder.driverId), ...(drivenBy === null ? [] : [drivenBy])]
  return [...(onBehalf ? await handsOf(tx, openedBy) : [openedBy]), ...(await logInsOfDrivers(tx, drivers))]
}

interface Seconding {
  /** Who may be at the log-in that speaks. */
  hands: readonly string[]
  /** Whose words count for nothing here, and whether that log-in is one of them. */
  parties: readonly string[]
  isParty: boolean
}

/**
 * Whether the newest word of another admin, who has no part in it, is the same.
 *
 * @throws ProblemError `conflict` where this admin spoke last, `forbidden` where one person may be behind both words, or both have a part in it
 */
async function isSeconded(tx: Database, { id }: ContestRow, word: Word, by: Seconding): Promise<boolean> {
  const { hands, parties, isParty } = by
  const words = await tx
    .select()
    .from(contestRulingRows)
    .where(eq(contestRulingRows.contestId, id))
    .orderBy(desc(contestRulingRows.number))
  const [last] = words
  const said = whatOf(word)
  const isSame = (one: (typeof words)[number]): boolean => {
    const { limitKmh, limitRadiusM, limitFrom, limitUntil, drivenBy } = one
    const what = { limitKmh, limitRadiusM, limitFrom, limitUntil, drivenBy }
    return one.ruling === word.ruling && isDeepStrictEqual(what, said)
  }
  if (last?.userId === word.userId && isSame(last))
    throw new ProblemError('conflict', 'You have said so already: a second admin has to agree.')
  const newest = new Map<string | null, (typeof words)[number]>()
  for (const one of words) if (!newest.has(one.userId)) newest.set(one.userId, one)
  newest.delete(word.userId)
  const same = [...newest.values()]
    .filter(isSame)
    .map((one) => one.hands ?? [one.userId ?? ''])
    .filter((one) => isParty || !shareHands(parties, one))
  const others = same.filter((one) => !shareHands(hands, one))
  if (others.some((one) => !shareHands(parties, one))) return true
  if (others.length > 0)
    throw new ProblemError(
      'forbidden',
      'Whoever said so first has a part in it, as you do: an admin without one has to agree.',
    )
  if (same.length > 0)
    throw new ProblemError(
      'forbidden',
      `Whoever said so first may know the password of this log-in, or you that of theirs. ${otherHands}`,
    )
  return false
}

const invalid = (field: string, message: string) =>
  new ProblemError('validation', `${message[0]!.toUpperCase()}${message.slice(1)}.`, {
    errors: [{ path: `json.${field}`, message }],
  })
