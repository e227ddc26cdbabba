import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'

/** An event of a trip, by what the trip's statistics count. */
export type CountedEvent = Pick<DrivingEvent, 'tripId' | 'kind' | 'band' | 'grade'>

/**
 * The same trips without some of their events; features, clean kilometres and prices then follow from them as always.
 *
 * Only the counts change. The seconds that an event was part of stay in the histograms, for statistics do not tell them apart, so that the
 * effect of an event is understated, never overstated, by a model that is monotone in them.
 *
 * @throws RangeError for an event of a trip that is not among them, or that the trip has not counted
 */
export function withoutEvents(trips: readonly ReceiptTrip[], events: readonly CountedEvent[]): ReceiptTrip[] {
  const after = trips.map((trip) => ({ ...trip, statistics: { ...trip.statistics } }))
  for (const { tripId, kind, band, grade } of events) {
    const statistics = after.find(({ id }) => id === tripId)?.statistics
    const entry = statistics?.events.find(
      (count) => count.kind === kind && count.band === band && count.grade === grade && count.count > 0,
    )
    if (!statistics || !entry)
      throw new RangeError(
        `taking an event out of trip "${tripId}": ${statistics ? `it has counted no (more) ${kind} of band ${band} and grade ${grade}` : 'it is not among these trips'}`,
      )
    statistics.events = statistics.events
      .map((count) => (count === entry ? { ...count, count: count.count - 1 } : count))
      .filter(({ count }) => count > 0)
  }
  return after
}
