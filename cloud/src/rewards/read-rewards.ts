import type { RewardChallengeReport, Rewards, RewardWeekReport } from '@fairmile/contract/http/rewards.ts'
import type { RewardCatalogue, RewardChallenge } from '@fairmile/contract/reward-catalogue.ts'
import { type Assessment, assess } from '@fairmile/models/rewards/assess.ts'
import { dayOf } from '@fairmile/models/rewards/calendar.ts'
import { refusalOf } from '@fairmile/models/rewards/redemption.ts'
import { type RewardWeek, wholeWeekPoints } from '@fairmile/models/rewards/reward-weeks.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rewardAchievements, rewardBoardMembers } from '../db/schema/rewards.ts'
import { accountOf } from './account.ts'
import { readEvidence } from './evidence.ts'
import { yearOf } from './redeem.ts'

/** Weeks that a page shows. */
const weeksShown = 12

/** A driver's rewards as they stand: the balance by the ledger, all else judged anew. */
export async function readRewards(
  db: Database,
  { driverId, catalogue, now }: { driverId: string; catalogue: RewardCatalogue; now: number },
): Promise<Rewards> {
  const assessment = assess(await readEvidence(db, { driverId, now }), catalogue, now)
  const account = await accountOf(db, driverId)
  const balance = account?.balance ?? 0
  const { jurisdiction, givenMinor } = await yearOf(db, catalogue, { driverId, accountId: account?.id ?? null, now })
  const kept = await db.select().from(rewardAchievements).where(eq(rewardAchievements.driverId, driverId))
  const boards = await db.select().from(rewardBoardMembers).where(eq(rewardBoardMembers.driverId, driverId))
  const { mostValueMinorAYear: mostMinor, currency, title } = jurisdiction
  return {
    driverId,
    balance,
    weekPoints: wholeWeekPoints(catalogue),
    streak: assessment.streak,
    weeks: weeksOf(assessment).slice(0, weeksShown),
    achievements: catalogue.achievements.map(({ condition, ...achievement }) => {
      const progress = assessment.achievements.find(({ id }) => id === achievement.id)
      const reached = kept.find(({ achievementId }) => achievementId === achievement.id)
      const done = reached ? condition.count : (progress?.done ?? 0)
      return { ...achievement, done, of: condition.count, reachedAt: reached?.reachedAt.toISOString() ?? null }
    }),
    challenges: catalogue.challenges.map((challenge) => challengeReport(challenge, assessment, dayOf(now))),
    year: { givenMinor, mostMinor, currency, title },
    offers: catalogue.offers.map((offer) => ({
      ...offer,
      refusal: refusalOf(offer, { jurisdiction, balance, givenMinor }),
    })),
    boards: catalogue.boards.map(({ id, title: name, text }) => {
      return { id, title: name, text, takesPart: boards.some(({ boardId }) => boardId === id) }
    }),
  }
}

function weeksOf({ closed, open }: Assessment): RewardWeekReport[] {
  const report = ({ driving: _, ...week }: RewardWeek, state: RewardWeekReport['state']) => ({ ...week, state })
  return [...closed.map((week) => report(week, 'closed')), ...open.map((week) => report(week, 'open'))].toSorted(
    (a, b) => (a.week < b.week ? 1 : -1),
  )
}

function challengeReport(challenge: RewardChallenge, assessment: Assessment, today: string): RewardChallengeReport {
  const { id, title, text, points, days, orGradableM, joinFrom, joinUntil } = challenge
  const about = { id, title, text, points, days, orGradableM }
  const joined = assessment.challenges.findLast(({ challengeId }) => challengeId === id)
  if (joined)
    return {
      ...about,
      state: joined.state,
      joinedAt: new Date(joined.joinedAt).toISOString(),
      doneDays: joined.days,
      doneGradableM: joined.gradableM,
    }
  const canJoin = (joinFrom === null || joinFrom <= today) && (joinUntil === null || today <= joinUntil)
  const state = canJoin ? 'open' : 'closed'
  return { ...about, state, joinedAt: null, doneDays: 0, doneGradableM: orGradableM === null ? null : 0 }
}
