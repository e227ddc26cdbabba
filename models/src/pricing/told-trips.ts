import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { emptyStatistics } from '../trips/merge-statistics.ts'
import { inOrder } from './exposure.ts'

/**
 * Trips as a receipt tells them, in its order. Of one that another drove it tells what the price takes of it, when it began and how far it went,
 * and nothing of how: whoever reads the receipt may not see that trip.
 */
export function toldTrips(trips: readonly ReceiptTrip[]): ReceiptTrip[] {
  return inOrder(trips).map((trip) => {
    if (trip.driver !== 'other') return trip
    const { startAt, statistics } = trip
    return { ...trip, endAt: startAt, statistics: { ...emptyStatistics(), distanceM: statistics.distanceM } }
  })
}
