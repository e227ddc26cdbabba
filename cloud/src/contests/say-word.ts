import { isDeepStrictEqual } from 'node:util'
import { contestRules, needsSecond } from '@fairmile/models/contests/contest-rules.ts'
import { desc, eq } from 'drizzle-orm'
import { handsOf, logInsOfDrivers, otherHands, shareHands } from '../auth/hands.ts'
import type { Database } from '../db/database.ts'
import { contestRulingRows, contests } from '../db/schema/contests.ts'
import { policies } from '../db/schema/people.ts'
import type { drivingEvents } from '../db/schema/trips.ts'
import { ProblemError } from '../http/problem.ts'
import { type ContestRow, keepWord, settleContest, type Word, whatOf } from './settle-contest.ts'

interface Said {
  contest: ContestRow
  event: Pick<typeof drivingEvents.$inferSelect, 'kind'>
  /** An admin's. */
  word: Word & { userId: string }
}

/**
 * Keeps an admin's word on a contest that is locked, and settles it where that is enough: whoever has a part in it says it alone for nothing, and what
 * asks for two waits for another admin who says the same.
 *
 * @param options.correct corrects the limit that the word names, once the contest stands as it is ruled
 * @throws ProblemError `forbidden` where one person may be behind both words, `conflict` where the same admin speaks twice
 */
export async function sayWord(
  tx: Database,
  { contest, event, word }: Said,
  { correct }: { correct?: () => Promise<void> } = {},
): Promise<void> {
  const { effect, limit, drivenBy = null } = word
  const hands = await handsOf(tx, word.userId)
  const parties = await partiesOf(tx, contest, drivenBy)
  const isParty = shareHands(hands, parties)
  const asked = { kind: event.kind, effect, correctsLimit: Boolean(limit), namesDriver: drivenBy !== null }
  const two = isParty || needsSecond(asked, contestRules)
  const isAgreed = !two || (await isSeconded(tx, contest, word, { hands, parties, isParty }))
  if (!isParty && isAgreed) return settleContest(tx, contest, word, { ...(correct && { beforeTrip: correct }) })
  await keepWord(tx, contest.id, word, false)
  await tx
    .update(contests)
    .set({ state: 'awaiting_second', version: contest.version + 1 })
    .where(eq(contests.id, contest.id))
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
