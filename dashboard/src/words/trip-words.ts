import type { TripPremium } from '@fairmile/contract/http/pricing.ts'
import type { Trip } from '@fairmile/contract/http/trips.ts'
import { counts } from './event-words.ts'
import { kilometres, money, nbsp } from './figures.ts'

/** A share of gradable kilometres below this is told as partly judged. */
const whollyJudged = 0.95

/** Whether a trip was clean: yes, no, partly or not judged at all, or not known while it runs. */
export function cleanWord(trip: Trip): 'yes' | 'no' | 'in part' | 'could not be judged' | 'under way' {
  if (trip.endAt === null) return 'under way'
  if (trip.events.some((event) => counts(event) && event.count > 0)) return 'no'
  const share = judgedShare([trip])
  if (share === null || share === 0) return 'could not be judged'
  return share < whollyJudged ? 'in part' : 'yes'
}

/** Share of kilometres whose events could be graded A, 0 to 1; null without kilometres. */
export function judgedShare(trips: readonly Trip[]): number | null {
  const sum = (of: (trip: Trip) => number | null) => trips.reduce((total, trip) => total + (of(trip) ?? 0), 0)
  const distance = sum(({ distanceM }) => distanceM)
  return distance > 0 ? sum(({ gradableM }) => gradableM) / distance : null
}

/** How far a trip went, with the unit; a trip without any position has no distance rather than none driven. */
export function distanceWord({ endAt, distanceM }: Trip): string {
  if (endAt === null) return 'under way'
  return distanceM ? `${kilometres(distanceM)}${nbsp}km` : 'unknown'
}

/** How many events a trip has, of all bands and grades. */
export const eventTotal = (trip: Trip): number => trip.events.reduce((total, { count }) => total + count, 0)

/** Mean speed while moving, m/s; null where unknown. */
export const meanSpeedMps = ({ distanceM, movingS }: Trip): number | null =>
  distanceM && movingS ? distanceM / movingS : null

/** What a trip does to the price of the term so far: `With this trip your term so far costs €4.84, without it €0.22: €4.62 more.` */
export function tripPriceWords({ withMinor, withoutMinor, differenceMinor, currency }: TripPremium): string {
  const of = (minor: number): string => money(minor, currency)
  const both = `With this trip your term so far costs ${of(withMinor)}, without it ${of(withoutMinor)}`
  if (differenceMinor === 0) return `${both}: it makes no difference.`
  return `${both}: ${of(Math.abs(differenceMinor))} ${differenceMinor > 0 ? 'more' : 'less'}.`
}
