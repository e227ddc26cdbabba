import { randomUUID } from 'node:crypto'
import type { Ruler, Ruling } from '@fairmile/contract/contest.ts'
import type { TrueLimit } from '@fairmile/contract/http/contests.ts'
import { and, eq, max } from 'drizzle-orm'
import { handsOf } from '../auth/hands.ts'
import type { Database } from '../db/database.ts'
import { contestRulingRows, contests } from '../db/schema/contests.ts'
import { recordDomainEvent } from '../events/outbox.ts'
import { ProblemError } from '../http/problem.ts'
import { type CorrectionCause, correctTrip } from '../trips/correct-trip.ts'
import { settleOverlaps } from '../trips/settle-overlaps.ts'
import { recordTripCompleted } from '../trips/trip-completed.ts'
import { lockTripOf } from '../trips/trip-of-event.ts'
import { lockTrip, type TripRow } from '../trips/trip-versions.ts'

export type ContestRow = typeof contests.$inferSelect

/** A word on a contest. */
export interface Word {
  ruling: Ruling
  by: Ruler
  userId: string | null
  grounds: string
  nowMs: number
  effect: { premiumMinor: number; currency: string } | null
  /** What it corrects and who it says drove, to uphold it. */
  limit?: TrueLimit | null
  drivenBy?: string | null
}

/**
 * Locks a contest that is pending, in the version that was seen.
 *
 * @param version null for any
 * @throws ProblemError `not-found`, or `conflict` where it was settled or changed meanwhile
 */
export async function lockPending(tx: Database, id: string, version: number | null): Promise<ContestRow> {
  // The trip's row comes first, as everywhere.
  const [known] = await tx.select({ tripId: contests.tripId }).from(contests).where(eq(contests.id, id))
  if (!known) throw new ProblemError('not-found', `There is no contest "${id}".`)
  await lockTrip(tx, known.tripId)
  const [contest] = await tx.select().from(contests).where(eq(contests.id, id)).for('update')
  if (!contest) throw new ProblemError('not-found', `There is no contest "${id}".`)
  if (contest.settledAt) throw new ProblemError('conflict', `Contest "${id}" is settled: it was ${contest.state}.`)
  if (version !== null && contest.version !== version)
    throw new ProblemError('conflict', `Contest "${id}" is at version ${contest.version} by now; look at it again.`)
  return contest
}

/** Keeps a word on a contest for ever. */
export async function keepWord(tx: Database, id: string, word: Word, settles: boolean): Promise<void> {
  const { ruling, by, userId, grounds, nowMs, effect } = word
  const [newest] = await tx
    .select({ number: max(contestRulingRows.number) })
    .from(contestRulingRows)
    .where(eq(contestRulingRows.contestId, id))
  await tx.insert(contestRulingRows).values({
    ...{ contestId: id, number: (newest?.number ?? 0) + 1, ruling, by, userId, grounds, at: new Date(nowMs) },
    ...{ settles, effectMinor: effect?.premiumMinor ?? null, currency: effect?.currency ?? null },
    ...{ ...whatOf(word), hands: userId === null ? null : await handsOf(tx, userId) },
  })
}

/** What a word says beside its ruling, as it is kept: two admins agree on all of it. */
export function whatOf({ limit, drivenBy = null }: Pick<Word, 'limit' | 'drivenBy'>) {
  const momentOf = (at: string | undefined) => (at === undefined ? null : new Date(at))
  return {
    ...{ limitKmh: limit?.limitKmh ?? null, limitRadiusM: limit?.radiusM ?? null },
    ...{ limitFrom: momentOf(limit?.from), limitUntil: momentOf(limit?.until), drivenBy },
  }
}

/** @throws ProblemError `conflict` where the time to rule is over: silence has decided, whether or not the job has come to it */
export function refuseLate({ id, ruleBy }: ContestRow, nowMs: number): void {
  if (nowMs < ruleBy.getTime()) return
  const until = ruleBy.toISOString()
  throw new ProblemError('conflict', `Nobody ruled on contest "${id}" until ${until}: silence has upheld it.`)
}

/**
 * Settles a contest that is locked: the trip gets the version that counts from now on, and score and price follow. What a rejected one takes back
 * is priced anew; that nothing that was billed is raised by it is the ledger's to see to.
 *
 * @param options.beforeTrip done once the contest stands as it is ruled, before its trip does
 */
export async function settleContest(
  tx: Database,
  contest: ContestRow,
  word: Word,
  options: { beforeTrip?: (settled: ContestRow) => Promise<void> } = {},
): Promise<void> {
  const { id, eventId, tripId, driverId } = contest
  const { ruling, by, nowMs } = word
  await keepWord(tx, id, word, true)
  const correlationId = randomUUID()
  const [settled] = await tx
    .update(contests)
    .set({
      ...{ state: ruling, version: contest.version + 1, settledAt: new Date(nowMs) },
      drivenBy: ruling === 'upheld' ? (word.drivenBy ?? null) : null,
      undone: ruling === 'withdrawn' && by === 'admin',
    })
    .where(and(eq(contests.id, id), eq(contests.version, contest.version)))
    .returning()
  await options.beforeTrip?.(settled!)
  const trip = await lockTripOf(tx, contest)
  if (trip && trip.version > 0) {
    const after = await correctTrip(tx, trip, {
      ...{ cause: 'contest', changedBy: word.userId, changeReason: `contest ${id} was ${ruling}`, correlationId },
      drivenBy: whoDrove(settled!, trip),
    })
    const told = await recordTripCompleted(tx, [{ before: trip, after }], { correlationId })
    await tx
      .update(contests)
      .set({ settledBy: told.get(driverId) ?? null })
      .where(eq(contests.id, id))
    // While it was a person's word whose it is, what was told of trips at the same time left it alone.
    if (trip.assigned && !after.assigned) await settleOverlaps(tx, { deviceId: trip.deviceId, correlationId }, [tripId])
  }
  const data = { contestId: id, eventId, tripId, driverId, ruling, by }
  await recordDomainEvent(tx, { type: 'ContestRuled', subject: driverId, data }, { correlationId })
}

/** Who drove by the ruling on "not me": never who was right to say so; else as the trip says where it is somebody else's by what the car told meanwhile. */
function whoDrove(
  { reason, state, driverId, drivenBy, wasAssigned }: ContestRow,
  trip: TripRow,
): CorrectionCause['drivenBy'] {
  if (reason !== 'not_me') return undefined
  if (state === 'upheld')
    return drivenBy !== null || trip.driverId === driverId ? { driverId: drivenBy, assigned: true } : undefined
  return trip.driverId === null ? { driverId, assigned: wasAssigned } : undefined
}
