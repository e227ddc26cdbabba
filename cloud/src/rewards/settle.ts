import type { RewardCatalogue } from '@fairmile/contract/reward-catalogue.ts'
import { type Assessment, assess, type RewardEvidence } from '@fairmile/models/rewards/assess.ts'
import { dayMs, startOfDay } from '@fairmile/models/rewards/calendar.ts'
import { postingsFor } from '@fairmile/models/rewards/postings.ts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rewardAchievements, rewardParticipations, rewardWeeksTable } from '../db/schema/rewards.ts'
import { causesOf, lockAccount } from './account.ts'
import { readEvidence } from './evidence.ts'
import { post } from './post.ts'

/** What a cause is worth now. */
interface Worth {
  kind: 'week' | 'milestone' | 'challenge'
  cause: string
  target: number
}

/**
 * Brings a driver's ledger to what their driving is worth by all that is known now, and closes the weeks that are due.
 *
 * It judges anew and posts the differences, so it may run as often and in whatever order one likes.
 * @returns how many transactions were posted
 */
export async function settleDriver(
  tx: Database,
  { driverId, catalogue, now }: { driverId: string; catalogue: RewardCatalogue; now: number },
): Promise<number> {
  const account = await lockAccount(tx, driverId)
  const evidence = await readEvidence(tx, { driverId, now })
  const assessment = assess(evidence, catalogue, now)
  await keepWeeks(tx, driverId, assessment.closed, now)
  await keepDecisions(tx, driverId, assessment)
  const worths = [
    ...assessment.closed.map(({ week, points }): Worth => ({ kind: 'week', cause: `week:${week}`, target: points })),
    ...(await keepAchievements(tx, driverId, { assessment, evidence, catalogue })),
    ...challengeWorths(assessment, evidence),
  ]
  const before = await causesOf(
    tx,
    account.id,
    worths.map(({ cause }) => cause),
  )
  const common = { accountId: account.id, at: new Date(now), catalogue: `${catalogue.id}/${catalogue.version}` }
  let { balance } = account
  let posted = 0
  for (const { kind, cause, target } of worths) {
    const { issued, borne, parts } = before.get(cause) ?? { issued: 0, borne: 0, parts: 0 }
    const entries = postingsFor({ target, issued, borne, balance })
    if (entries.length === 0) continue
    await post(tx, { ...common, kind, cause, part: parts + 1, entries })
    balance += entries.find(({ account: name }) => name === 'driver')?.points ?? 0
    posted++
  }
  return posted
}

async function keepWeeks(tx: Database, driverId: string, closed: Assessment['closed'], now: number): Promise<void> {
  if (closed.length === 0) return
  const judgedAt = new Date(now)
  await tx
    .insert(rewardWeeksTable)
    .values(closed.map((judged) => ({ driverId, week: judged.week, points: judged.points, judged, judgedAt })))
    .onConflictDoUpdate({
      target: [rewardWeeksTable.driverId, rewardWeeksTable.week],
      set: { points: sql`excluded.points`, judged: sql`excluded.judged`, judgedAt: sql`excluded.judged_at` },
      setWhere: sql`${rewardWeeksTable.judged} IS DISTINCT FROM excluded.judged`,
    })
}

async function keepDecisions(tx: Database, driverId: string, { challenges }: Assessment): Promise<void> {
  for (const { challengeId, joinedAt, state, decidedAt } of challenges) {
    const decided = decidedAt === null ? null : new Date(decidedAt)
    const outcome = state === 'reached' || state === 'missed' ? state : null
    await tx
      .update(rewardParticipations)
      .set({ decidedAt: decided, outcome })
      .where(
        and(
          eq(rewardParticipations.driverId, driverId),
          eq(rewardParticipations.challengeId, challengeId),
          eq(rewardParticipations.joinedAt, new Date(joinedAt)),
          sql`(${rewardParticipations.decidedAt}, ${rewardParticipations.outcome})
            IS DISTINCT FROM (${decided?.toISOString() ?? null}::timestamptz, ${outcome}::text)`,
        ),
      )
  }
}

/** Keeps what was reached, and takes back what trips no longer show, as far as the whole row can still be seen. */
async function keepAchievements(
  tx: Database,
  driverId: string,
  { assessment, evidence, catalogue }: { assessment: Assessment; evidence: RewardEvidence; catalogue: RewardCatalogue },
): Promise<Worth[]> {
  const kept = await tx.select().from(rewardAchievements).where(eq(rewardAchievements.driverId, driverId))
  const seenFrom = startOfDay(evidence.from) + 7 * dayMs
  const reached = assessment.achievements.flatMap(({ id, reachedAt, rowFrom }) =>
    reachedAt === null || rowFrom === null ? [] : [{ id, reachedAt: new Date(reachedAt), rowFrom: new Date(rowFrom) }],
  )
  const keptIds = new Set(kept.map(({ achievementId }) => achievementId))
  const added = reached.filter(({ id }) => !keptIds.has(id))
  if (added.length > 0)
    await tx
      .insert(rewardAchievements)
      .values(added.map(({ id, reachedAt, rowFrom }) => ({ driverId, achievementId: id, reachedAt, rowFrom })))
  const lost = kept
    .filter(({ achievementId, rowFrom }) => {
      return rowFrom.getTime() >= seenFrom && !assessment.holds.has(achievementId)
    })
    .map(({ achievementId }) => achievementId)
  if (lost.length > 0)
    await tx
      .delete(rewardAchievements)
      .where(and(eq(rewardAchievements.driverId, driverId), inArray(rewardAchievements.achievementId, lost)))
  const pointsOf = (id: string): number => catalogue.achievements.find((known) => known.id === id)?.points ?? 0
  return [
    ...added.map(({ id }): Worth => ({ kind: 'milestone', cause: `milestone:${id}`, target: pointsOf(id) })),
    ...lost.map((id): Worth => ({ kind: 'milestone', cause: `milestone:${id}`, target: 0 })),
  ]
}

function challengeWorths({ challenges }: Assessment, { from }: RewardEvidence): Worth[] {
  return challenges
    .filter(({ joinedAt }) => joinedAt >= startOfDay(from))
    .map(({ challengeId, joinedAt, state, points }) => ({
      kind: 'challenge',
      cause: `challenge:${challengeId}:${joinedAt}`,
      target: state === 'reached' ? points : 0,
    }))
}
