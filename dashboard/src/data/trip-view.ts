import type { DrivingEventSummary } from '@fairmile/contract/http/events.ts'
import type { PathPoint, Trip } from '@fairmile/contract/http/trips.ts'
import { api } from './api.ts'
import { type SeriesTable, tableOfPath } from './series-table.ts'

/** A trip as its page shows it: the record, its events, its columns over time. */
export interface TripView {
  trip: Trip
  events: DrivingEventSummary[]
  points: PathPoint[]
  table: SeriesTable
  /** The events as stretches of time, epoch seconds. */
  marks: { id: string; startS: number; endS: number; label: string }[]
}

/** Loads a trip with its path and events at once. */
export async function loadTripView(tripId: string, signal: AbortSignal): Promise<TripView> {
  const [trip, path, events] = await Promise.all([
    api.trip(tripId, signal),
    api.path(tripId, signal),
    api.events(tripId, signal),
  ])
  return tripViewOf(trip, path.points, events.items)
}

/** Trips among which a running one is looked for; it is the newest, but where a recording is played. */
const newestTrips = 20

/**
 * Loads a trip that the car has just told of, which the cloud may not have stored yet.
 *
 * @throws Error where it is not there so far: ask again
 */
export async function loadRunningTrip(driverId: string, tripId: string, signal: AbortSignal): Promise<TripView> {
  const { items } = await api.trips(driverId, { limit: newestTrips }, signal)
  if (!items.some(({ id }) => id === tripId)) throw new Error(`Trip ${tripId} is not stored yet.`)
  return await loadTripView(tripId, signal)
}

/** Puts a trip's parts together. */
export function tripViewOf(trip: Trip, points: PathPoint[], events: DrivingEventSummary[]): TripView {
  const seconds = (at: string) => Date.parse(at) / 1000
  const marks = events.map(({ id, kind, startAt, endAt }) => ({
    id,
    startS: seconds(startAt),
    endS: seconds(endAt),
    label: kind,
  }))
  return { trip, events, points, table: tableOfPath({ tripId: trip.id, points }, trip.startAt), marks }
}
