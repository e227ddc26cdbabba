import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import type { RewardDayRule } from '@fairmile/contract/reward-catalogue.ts'
import { addDays, dayOf, mondayOf, startOfDay } from './calendar.ts'
import { hasFactor } from './factor.ts'
import { heardAfter, type InsuredCar } from './heard.ts'

/** What a calendar day was; a trip belongs to the day on which it began. */
export interface RewardDay {
  day: string
  /** Whether it can earn: insured, after the first trip, over, and followed by a word of the boxes. */
  counts: boolean
  driven: boolean
  /** Too much of its way could not be graded. */
  unjudged: boolean
  /** Without an event of the clean factor, and of the calm factor; a day the car stands is both. */
  clean: boolean
  calm: boolean
  /** Null where nothing could see a phone. */
  phoneUsed: boolean | null
}

interface RewardDaysOptions {
  readonly rule: RewardDayRule
  /** First and last day. */
  readonly from: string
  readonly to: string
  /** All policies of the driver. */
  readonly insured: readonly InsuredCar[]
  /** Day of the driver's first trip ever; null before it. */
  readonly since: string | null
}

/**
 * The days of a driver, from trips as they are now, without a gap.
 *
 * How far, how long or how often someone drove is in none of it: a clean, judged trip changes no day but for `driven`.
 */
export function rewardDays(trips: readonly ReceiptTrip[], options: RewardDaysOptions): RewardDay[] {
  const { rule, from, to, insured, since } = options
  const byDay = new Map<string, ReceiptTrip[]>()
  for (const trip of trips) {
    const day = dayOf(trip.startAt)
    byDay.set(day, [...(byDay.get(day) ?? []), trip])
  }
  const days: RewardDay[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const driven = byDay.get(day) ?? []
    const isInsured = insured.some(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn)
    const heardAt = heardAfter(insured, mondayOf(day))
    const heard = heardAt !== null && heardAt >= startOfDay(addDays(day, 1))
    days.push({ day, counts: isInsured && heard && since !== null && since <= day, ...judgeDay(driven, rule) })
  }
  return days
}

function judgeDay(trips: readonly ReceiptTrip[], rule: RewardDayRule): Omit<RewardDay, 'day' | 'counts'> {
  let ungradableM = 0
  let phoneKnownS = 0
  let phoneS = 0
  for (const { statistics } of trips) {
    ungradableM += Math.max(0, statistics.distanceM - statistics.gradableM)
    phoneKnownS += statistics.phoneKnownS
    phoneS += statistics.phoneS
  }
  return {
    driven: trips.length > 0,
    unjudged: ungradableM > rule.mostUngradableM,
    clean: !trips.some(({ statistics }) => hasFactor(statistics, rule.cleanFactor)),
    calm: !trips.some(({ statistics }) => hasFactor(statistics, rule.calmFactor)),
    phoneUsed: phoneKnownS > 0 ? phoneS > 0 : null,
  }
}
