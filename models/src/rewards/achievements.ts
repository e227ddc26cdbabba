import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import type { RewardAchievement, RewardCatalogue, RewardCondition } from '@fairmile/contract/reward-catalogue.ts'
import { addDays, startOfDay } from './calendar.ts'
import { hasFactor } from './factor.ts'
import type { RewardDay } from './reward-days.ts'
import type { RewardWeek } from './reward-weeks.ts'

/** How far a driver is with an achievement. */
export interface AchievementProgress {
  id: string
  /** The row as it stands, at most what is needed. */
  done: number
  of: number
  /** When the row was first long enough, epoch milliseconds; null while it never was. */
  reachedAt: number | null
  /** End of the first step of that row. */
  rowFrom: number | null
}

/** What achievements are judged on; days and weeks the oldest first, weeks that are over alone. */
export interface Driven {
  readonly trips: readonly ReceiptTrip[]
  readonly days: readonly RewardDay[]
  readonly weeks: readonly RewardWeek[]
}

/** One step of a row: it goes on, begins anew, or is passed over. */
interface Step {
  at: number
  does: 'counts' | 'ends' | 'passes'
}

/** How far a driver is with each achievement of a catalogue. */
export const achievementsOf = (driven: Driven, { achievements, day }: RewardCatalogue): AchievementProgress[] =>
  achievements.map(({ id, condition }: RewardAchievement) => ({
    id,
    of: condition.count,
    ...longEnough(stepsOf(condition, driven, day), condition.count),
  }))

function longEnough(steps: readonly Step[], of: number): Pick<AchievementProgress, 'done' | 'reachedAt' | 'rowFrom'> {
  let row = 0
  let rowFrom = 0
  for (const { at, does } of steps) {
    if (does === 'ends') row = 0
    if (does !== 'counts') continue
    if (++row === 1) rowFrom = at
    if (row >= of) return { done: of, reachedAt: at, rowFrom }
  }
  return { done: row, reachedAt: null, rowFrom: null }
}

function stepsOf(condition: RewardCondition, { trips, days, weeks }: Driven, rule: RewardCatalogue['day']): Step[] {
  switch (condition.kind) {
    case 'calm_days':
      return days.map((day) => ({
        at: startOfDay(addDays(day.day, 1)),
        does: !day.calm ? 'ends' : day.counts && !day.unjudged ? 'counts' : 'passes',
      }))
    case 'phone_free_driving_days':
      return days.map((day) => ({
        at: startOfDay(addDays(day.day, 1)),
        does: day.phoneUsed === null ? 'passes' : day.phoneUsed ? 'ends' : 'counts',
      }))
    case 'clean_weeks':
      return weeks.map(({ week, driving }) => ({
        at: startOfDay(addDays(week, 7)),
        does: driving === 'eventful' ? 'ends' : driving === 'clean' ? 'counts' : 'passes',
      }))
    case 'clean_trips':
      return trips.map(({ endAt, statistics }) => ({
        at: endAt,
        does: hasFactor(statistics, rule.cleanFactor)
          ? 'ends'
          : statistics.gradableM >= condition.minGradableM
            ? 'counts'
            : 'passes',
      }))
  }
}
