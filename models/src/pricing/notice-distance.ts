import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { inOrder } from './exposure.ts'
import type { RatingTerms } from './rating-terms.ts'

const dayMs = 86_400_000

interface NoticeTerm {
  /** The term's start, UTC epoch milliseconds. */
  startsAt: number
  change: RatingTerms['change']
}

/** Adds up the metres of trips that began in the days of notice of a term, one after another in the order of receipts. */
export function walkNotice({ startsAt, change }: NoticeTerm): { add(trip: ReceiptTrip): void; noticeM(): number } {
  const endsAt = startsAt + (change?.noticeDays ?? 0) * dayMs
  let sumM = 0
  return {
    add({ startAt, statistics }) {
      if (startAt < endsAt) sumM += statistics.distanceM
    },
    noticeM: () => Math.round(sumM),
  }
}

/**
 * Metres of the trips that began in the days of notice of a term, rounded: no rise within the term touches them, also after these days. None
 * where nothing limits changes.
 */
export function noticeDistance(trips: readonly ReceiptTrip[], term: NoticeTerm): number {
  const walk = walkNotice(term)
  for (const trip of inOrder(trips)) walk.add(trip)
  return walk.noticeM()
}
