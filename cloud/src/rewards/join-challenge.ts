import type { RewardCatalogue } from '@fairmile/contract/reward-catalogue.ts'
import { assess } from '@fairmile/models/rewards/assess.ts'
import { dayOf } from '@fairmile/models/rewards/calendar.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rewardParticipations } from '../db/schema/rewards.ts'
import { ProblemError } from '../http/problem.ts'
import { lockAccount } from './account.ts'
import { readEvidence } from './evidence.ts'
import { settleDriver } from './settle.ts'

interface Joining {
  driverId: string
  challengeId: string
  now: number
}

/**
 * Joins a challenge from now on; nothing where the driver takes part already. One that was missed may be tried again.
 *
 * @throws ProblemError `not-found` for a challenge that there is not, `conflict` where it cannot be joined now or was reached
 */
export async function joinChallenge(
  db: Database,
  catalogue: RewardCatalogue,
  { driverId, challengeId, now }: Joining,
): Promise<void> {
  const challenge = catalogue.challenges.find(({ id }) => id === challengeId)
  if (!challenge) throw new ProblemError('not-found', `There is no challenge "${challengeId}".`)
  const { joinFrom, joinUntil } = challenge
  const today = dayOf(now)
  if ((joinFrom !== null && today < joinFrom) || (joinUntil !== null && today > joinUntil))
    throw new ProblemError('conflict', `"${challenge.title}" cannot be joined today.`)
  await db.transaction(async (tx) => {
    await lockAccount(tx, driverId)
    const evidence = await readEvidence(tx, { driverId, now })
    const before = assess(evidence, catalogue, now).challenges.find((known) => known.challengeId === challengeId)
    if (before?.state === 'reached') throw new ProblemError('conflict', `"${challenge.title}" was reached already.`)
    if (before && before.state !== 'missed') return
    if (before) await leave(tx, { driverId, challengeId, now })
    const { driverId: driver, challengeId: id, joinedAt } = rewardParticipations
    await tx
      .insert(rewardParticipations)
      .values({ driverId, challengeId, joinedAt: new Date(now) })
      .onConflictDoUpdate({ target: [driver, id, joinedAt], set: { leftAt: null, decidedAt: null, outcome: null } })
  })
}

/** Leaves a challenge; what it earned is settled before, and stays. */
export async function leaveChallenge(
  db: Database,
  catalogue: RewardCatalogue,
  { driverId, challengeId, now }: Joining,
): Promise<void> {
  await db.transaction(async (tx) => {
    await settleDriver(tx, { driverId, catalogue, now })
    const evidence = await readEvidence(tx, { driverId, now })
    const state = assess(evidence, catalogue, now).challenges.find((known) => known.challengeId === challengeId)?.state
    if (state === 'reached') throw new ProblemError('conflict', 'A challenge that was reached cannot be left.')
    await leave(tx, { driverId, challengeId, now })
  })
}

const leave = (tx: Database, { driverId, challengeId, now }: Joining) =>
  tx
    .update(rewardParticipations)
    .set({ leftAt: new Date(now) })
    .where(
      and(
        eq(rewardParticipations.driverId, driverId),
        eq(rewardParticipations.challengeId, challengeId),
        isNull(rewardParticipations.leftAt),
      ),
    )
