import type { RewardCatalogue } from '@fairmile/contract/reward-catalogue.ts'
import { addDays, mondayOf } from './calendar.ts'
import type { RewardDay } from './reward-days.ts'

/** What a week earns, and why. */
export interface RewardWeek {
  /** Its Monday. */
  week: string
  /** Days that can earn. */
  days: number
  drivenDays: number
  unjudgedDays: number
  cleanDays: number
  calmDays: number
  cleanPoints: number
  calmPoints: number
  /** For more calm days than the driver's own weeks before. */
  improvementPoints: number
  points: number
  /** For the streak: driving that was clean, driving with an event, or neither. */
  driving: 'clean' | 'eventful' | 'paused'
}

type WeekRules = Pick<RewardCatalogue, 'day' | 'improvement'>

/**
 * The weeks of a driver's days, the oldest first; the first weeks have none before them to be better than.
 *
 * Three properties hold and are tested: clean, judged driving never changes the points; an event never raises what all weeks earn together;
 * a week without driving earns at least what the same week with driving would.
 */
export function rewardWeeks(days: readonly RewardDay[], { day: rule, improvement }: WeekRules): RewardWeek[] {
  const byWeek = new Map<string, RewardDay[]>()
  for (const day of days) {
    const week = mondayOf(day.day)
    byWeek.set(week, [...(byWeek.get(week) ?? []), day])
  }
  const before: number[] = []
  return [...byWeek].map(([week, inWeek]) => {
    const counting = inWeek.filter(({ counts }) => counts)
    const judged = counting.filter(({ unjudged }) => !unjudged)
    const cleanDays = judged.filter(({ clean }) => clean).length
    const calmDays = judged.filter(({ calm }) => calm).length
    const held = before.slice(-improvement.weeks)
    const better = held.length < improvement.weeks ? 0 : calmDays * held.length - held.reduce((a, b) => a + b, 0)
    before.push(usualCalmDays(inWeek))
    const cleanPoints = cleanDays * rule.cleanPoints
    const calmPoints = calmDays * rule.calmPoints
    const improvementPoints = Math.max(0, better) * (improvement.pointsPerDay / improvement.weeks)
    return {
      week,
      days: counting.length,
      drivenDays: counting.filter(({ driven }) => driven).length,
      unjudgedDays: counting.length - judged.length,
      ...{ cleanDays, calmDays, cleanPoints, calmPoints, improvementPoints },
      points: cleanPoints + calmPoints + improvementPoints,
      driving: drivingOf(counting),
    }
  })
}

/** Calm days as later weeks are held against: a day that could not be judged or does not count is taken as calm, so that it makes nothing easier to beat. */
function usualCalmDays(inWeek: readonly RewardDay[]): number {
  return 7 - inWeek.filter(({ counts, unjudged, calm }) => counts && !unjudged && !calm).length
}

function drivingOf(days: readonly RewardDay[]): RewardWeek['driving'] {
  if (days.some(({ clean }) => !clean)) return 'eventful'
  return days.some(({ driven, unjudged }) => driven && !unjudged) ? 'clean' : 'paused'
}

/** Weeks of clean driving in a row up to the newest: one without driving is passed over, one with an event begins the row anew. */
export function streakOf(weeks: readonly RewardWeek[]): { weeks: number; paused: boolean } {
  let count = 0
  for (const { driving } of weeks) count = driving === 'eventful' ? 0 : driving === 'clean' ? count + 1 : count
  return { weeks: count, paused: count > 0 && weeks.at(-1)?.driving === 'paused' }
}

/** The most that a whole week can earn without an improvement: what a week without driving earns. */
export const wholeWeekPoints = ({ day }: WeekRules): number => 7 * (day.cleanPoints + day.calmPoints)

/** From when on a week is closed, the day. */
export const closesOn = (week: string, { closeAfterDays }: Pick<RewardCatalogue, 'closeAfterDays'>): string =>
  addDays(week, 7 + closeAfterDays)
