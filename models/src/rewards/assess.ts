import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import type { RewardCatalogue } from '@fairmile/contract/reward-catalogue.ts'
import { type AchievementProgress, achievementsOf } from './achievements.ts'
import { addDays, dayMs, dayOf, mondayOf, startOfDay } from './calendar.ts'
import { type ChallengeDecision, type ChallengeStanding, challengeStanding, decidedStanding } from './challenge.ts'
import { heardAfter, type InsuredCar } from './heard.ts'
import { rewardDays } from './reward-days.ts'
import { closesOn, type RewardWeek, rewardWeeks, streakOf } from './reward-weeks.ts'

/** What is known of a driver. */
export interface RewardEvidence {
  /** By start, from `from` on. */
  readonly trips: readonly ReceiptTrip[]
  /** First day whose trips are all here; a Monday. */
  readonly from: string
  /** All policies of the driver. */
  readonly insured: readonly InsuredCar[]
  /** Day of the driver's first trip ever; null before it. */
  readonly since: string | null
  /** With what was decided of them before; null for what is open. */
  readonly joined: readonly { challengeId: string; joinedAt: number; decided: ChallengeDecision | null }[]
}

/** What a driver's driving is worth, as of now. */
export interface Assessment {
  /** Closed weeks whose points are due, the oldest first. */
  closed: RewardWeek[]
  /** Weeks that are over and wait for late trips or for the box, and the one that runs, the oldest first. */
  open: RewardWeek[]
  streak: { weeks: number; paused: boolean }
  achievements: AchievementProgress[]
  /** Achievements that would be reached had every box been heard up to now: a silence gives nothing, and takes back nothing that was reached before it. */
  holds: ReadonlySet<string>
  challenges: (ChallengeStanding & { challengeId: string; joinedAt: number; points: number })[]
}

/**
 * Judges a driver anew from all that is known now; nothing is carried forward, so order and repetition of what came do not matter. But for
 * challenges that are decided, and were joined before `from` or wait for a box that fell silent since: what they were decided by is not all here,
 * and they stay as they are.
 *
 * Weeks within `improvement.weeks` of `from` are not given: what they are held against is not all here.
 */
export function assess(evidence: RewardEvidence, catalogue: RewardCatalogue, now: number): Assessment {
  const { trips, from, insured, since, joined } = evidence
  const today = dayOf(now)
  const daysOf = (cars: RewardEvidence['insured']) =>
    rewardDays(trips, { ...evidence, insured: cars, rule: catalogue.day, to: addDays(mondayOf(today), 6) })
  const days = daysOf(insured)
  const weeks = rewardWeeks(days, catalogue)
  const firstFull = addDays(from, 7 * catalogue.improvement.weeks)
  const given = weeks.filter(({ week }) => since !== null && week >= firstFull && addDays(week, 6) >= since)
  const isClosed = ({ week }: RewardWeek): boolean => {
    const heardAt = heardAfter(insured, week)
    return closesOn(week, catalogue) <= today && heardAt !== null && dayOf(heardAt) >= addDays(week, 7)
  }
  const isOver = ({ week }: RewardWeek): boolean => addDays(week, 7) <= today
  const over = weeks.filter(isOver)
  const heardDays = daysOf(insured.map((car) => ({ ...car, heardAt: now })))
  const ifHeard = { trips, days: heardDays, weeks: rewardWeeks(heardDays, catalogue).filter(isOver) }
  const running = weeks.filter(({ week, driving }) => addDays(week, 7) > today && driving === 'eventful')
  return {
    closed: given.filter(isClosed),
    open: given.filter((week) => !isClosed(week)),
    streak: streakOf([...over, ...running]),
    achievements: achievementsOf({ trips, days, weeks: over }, catalogue),
    holds: new Set(achievementsOf(ifHeard, catalogue).flatMap(({ id, reachedAt }) => (reachedAt === null ? [] : [id]))),
    challenges: joined.flatMap(({ challengeId, joinedAt, decided }) => {
      const challenge = catalogue.challenges.find(({ id }) => id === challengeId)
      if (!challenge) return []
      const lateMs = catalogue.closeAfterDays * dayMs
      const heardAt = heardAfter(insured, mondayOf(dayOf(joinedAt + challenge.days * dayMs)))
      const judged = challengeStanding(challenge, { joinedAt, trips, now, heardAt, lateMs })
      const stays = decided !== null && (joinedAt < startOfDay(from) || judged.state === 'waiting')
      const standing = stays ? decidedStanding(challenge, joinedAt, decided) : judged
      return [{ challengeId, joinedAt, points: challenge.points, ...standing }]
    }),
  }
}
