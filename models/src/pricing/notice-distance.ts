import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { inOrder } from './exposure.ts'
import type { RatingTerms } from './rating-terms.ts'

const dayMs = 86_400_000

/**
 * Metres of the trips that began in the days of notice of a term, rounded: no rise within the term touches them, also after these days. None
 * where nothing limits changes.
 *
 * @param startsAt the term's start, UTC epoch milliseconds
 */
export function noticeDistance(
  trips: readonly ReceiptTrip[],
  { startsAt, change }: { startsAt: number; change: RatingTerms['change'] },
): number {
  const endsAt = startsAt + (change?.noticeDays ?? 0) * dayMs
  const within = inOrder(trips).filter(({ startAt }) => startAt < endsAt)
  return Math.round(within.reduce((sum, { statistics }) => sum + statistics.distanceM, 0))
}
