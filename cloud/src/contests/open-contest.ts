import { randomUUID } from 'node:crypto'
import { type ContestState, pendingStates } from '@fairmile/contract/contest.ts'
import type { OpenContestBody } from '@fairmile/contract/http/contests.ts'
import { contestRules } from '@fairmile/models/contests/contest-rules.ts'
import { endOfWorkingDay } from '@fairmile/models/contests/working-days.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { contests } from '../db/schema/contests.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { transactAgain } from '../db/transact-again.ts'
import { drawPublicId } from '../drivers/public-id.ts'
import { recordDomainEvent } from '../events/outbox.ts'
import { ProblemError } from '../http/problem.ts'
import { correctTrip } from '../trips/correct-trip.ts'
import { recordTripCompleted } from '../trips/trip-completed.ts'
import { lockTripOf } from '../trips/trip-of-event.ts'
import { contestableBy } from './contestable-by.ts'
import { pendingDenial } from './denial-holds.ts'

/** An event contested by its driver, or by an admin for them. */
interface OpenContest {
  eventId: string
  driverId: string
  ask: OpenContestBody
  by: { userId: string; onBehalf: boolean }
  nowMs: number
}

/**
 * Opens a contest: the event counts for nothing from now on, and of `not_me` the whole trip is no longer the driver's. Score and price follow.
 *
 * @returns the contest's id
 * @throws ProblemError `validation` for the limit of an event that is not about one, `conflict` while the trip runs, for an event that this driver contested before or that is being ruled on, and after the time limit
 */
export async function openContest(
  db: Database,
  { eventId, driverId, ask, by, nowMs }: OpenContest,
): Promise<{ id: string; tripId: string }> {
  return transactAgain(db, async (tx) => {
    const [event] = await tx
      .select({
        id: drivingEvents.id,
        tripId: drivingEvents.tripId,
        kind: drivingEvents.kind,
        toldAt: drivingEvents.toldAt,
      })
      .from(drivingEvents)
      .where(eq(drivingEvents.id, eventId))
    if (!event) throw new ProblemError('not-found', `There is no event "${eventId}".`)
    if (ask.reason === 'wrong_limit' && event.kind !== 'speeding') throw noLimit(event.kind)
    const { tripId } = event
    const trip = await lockTripOf(tx, { eventId, tripId })
    if (trip?.version === 0)
      throw new ProblemError('conflict', `Trip "${tripId}" has not ended yet; contest the event when it has.`)
    if (trip && trip.driverId !== driverId)
      throw new ProblemError('conflict', `Trip "${tripId}" is not said to be driven by "${driverId}" any more.`)
    const until = await contestableBy(tx, event, driverId)
    if (nowMs > until)
      throw new ProblemError('conflict', `The event could be contested until ${new Date(until).toISOString()}.`)
    const { reason, text: words, limitKmh = null } = ask
    await refuseAnother(tx, { eventId, tripId, driverId, reason })
    const ruleByMs = endOfWorkingDay(nowMs, contestRules.rulingWorkingDays, contestRules.jurisdiction)
    const id = drawPublicId('CON')
    const opened = await tx
      .insert(contests)
      .values({
        ...{ id, eventId, tripId, driverId, policyId: trip?.policyId ?? null, reason, words, limitKmh, state: 'open' },
        ...{ openedAt: new Date(nowMs), openedBy: by.userId, onBehalf: by.onBehalf, ruleBy: new Date(ruleByMs) },
        wasAssigned: trip?.assigned ?? false,
      })
      .onConflictDoNothing()
      .returning({ id: contests.id })
    if (opened.length === 0) throw contestedBefore(eventId)
    const correlationId = randomUUID()
    if (trip) {
      const why = {
        cause: 'contest',
        changedBy: by.userId,
        changeReason: `contest ${id} was opened`,
        correlationId,
      } as const
      const drivenBy = reason === 'not_me' ? { driverId: null, assigned: true } : undefined
      const after = await correctTrip(tx, trip, { ...why, drivenBy })
      const told = await recordTripCompleted(tx, [{ before: trip, after }], { correlationId })
      await tx
        .update(contests)
        .set({ suspendedBy: told.get(driverId) ?? null })
        .where(eq(contests.id, id))
    }
    const data = { contestId: id, eventId, tripId, driverId, reason, ruleBy: ruleByMs }
    await recordDomainEvent(tx, { type: 'ContestOpened', subject: driverId, data }, { correlationId })
    return { id, tripId }
  })
}

/**
 * Whoever is said to have driven contests an event once, whoever did before; and anew what comes back to them after their "not me" was upheld, or what
 * an admin contested for them and took back. What it was is looked at for one of them at a time, and who drove for one event of a trip. @throws ProblemError `conflict`
 */
async function refuseAnother(
  tx: Database,
  {
    eventId,
    tripId,
    driverId,
    reason,
  }: Pick<OpenContestBody, 'reason'> & Record<'eventId' | 'tripId' | 'driverId', string>,
): Promise<void> {
  const before = await tx
    .select({ by: contests.driverId, reason: contests.reason, state: contests.state, undone: contests.undone })
    .from(contests)
    .where(eq(contests.eventId, eventId))
  const isUsed = before.some(
    ({ by, reason: of, state, undone }) => by === driverId && !undone && (of !== 'not_me' || state !== 'upheld'),
  )
  if (isUsed) throw contestedBefore(eventId)
  const isPending = (state: ContestState) => (pendingStates as readonly ContestState[]).includes(state)
  if (reason === 'not_me') await refuseSecondDenial(tx, { tripId, driverId })
  else if (before.some((one) => one.reason !== 'not_me' && isPending(one.state)))
    throw new ProblemError('conflict', `Event "${eventId}" is being ruled on and counts for nothing; ask again then.`)
}

/** A trip is taken away by the first "not me"; only one that has no record yet could be denied twice, and ruled on in two ways. */
async function refuseSecondDenial(tx: Database, { tripId, driverId }: { tripId: string; driverId: string }) {
  const denied = await pendingDenial(tx, { tripId, driverId })
  if (denied === null) return
  throw new ProblemError('conflict', `Who drove trip "${tripId}" is being ruled on already, by contest "${denied}".`)
}

const contestedBefore = (eventId: string): ProblemError =>
  new ProblemError('conflict', `Event "${eventId}" was contested before; a driver contests an event once.`)

function noLimit(kind: string): ProblemError {
  const message = `the event is of the kind "${kind}": only speeding was judged by a limit`
  return new ProblemError('validation', message, { errors: [{ path: 'json.reason', message }] })
}
