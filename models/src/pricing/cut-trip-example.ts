import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'

/** Two segments with five minutes between; all events in the first. For tests. */
export function cutTrip(trip: ReceiptTrip, cut: number): ReceiptTrip[] {
  const at = trip.startAt + (trip.endAt - trip.startAt) * cut
  return [
    { ...trip, endAt: at - 150_000, statistics: { ...scaled(trip.statistics, cut), events: trip.statistics.events } },
    {
      ...trip,
      id: `${trip.id}B`,
      startAt: at + 150_000,
      statistics: { ...scaled(trip.statistics, 1 - cut), events: [] },
    },
  ]
}

function scaled(statistics: TripStatistics, factor: number): TripStatistics {
  const part = (value: unknown): unknown =>
    typeof value === 'number' ? value * factor : Array.isArray(value) ? value.map(part) : value
  const entries = Object.entries(statistics).map(([key, value]) => [key, key === 'speedMaxMps' ? value : part(value)])
  return Object.fromEntries(entries) as TripStatistics
}
