import type { TripRow } from './trip-versions.ts'

/** When a trip was driven, UTC epoch milliseconds. */
interface Driven {
  startAt: number
  endAt: number
}

type Found = Pick<TripRow, 'startAt' | 'endAt' | 'assigned' | 'driverId' | 'policyId'>

/**
 * Who drove a trip that the car tells of or the cloud finds, where a person said so: of this trip as it was then, or of those that the cloud had found
 * in its place, whichever covers the most of it, if that is at least half. What was said of a short part is no word on the whole: a car that drives on
 * after a stop goes on with its trip, and late seconds join trips.
 *
 * @param row the trip as it was; null where it is new
 * @returns null where no person said
 */
export function assignmentOf(
  trip: Driven,
  row: Found | null,
  found: readonly Found[],
): { driverId: string | null; policyId: string | null } | null {
  const shared = [...(row?.assigned ? [row] : []), ...found].map((one) => ({
    one,
    ms: Math.min(trip.endAt, one.endAt?.getTime() ?? 0) - Math.max(trip.startAt, one.startAt.getTime()),
  }))
  const [most] = shared.sort((a, b) => b.ms - a.ms || a.one.startAt.getTime() - b.one.startAt.getTime())
  return most?.one.assigned && 2 * most.ms >= trip.endAt - trip.startAt ? most.one : null
}
