import type { EventTrace } from '@fairmile/contract/driving-event.ts'
import { DEG_PER_RAD } from '@fairmile/contract/units.ts'

/** Metres of a degree of latitude, on the mean sphere. */
export const metresPerDegree = 111_195

/** A place on a road: everything within a radius that drives in about the same direction. */
export interface Place {
  lat: number
  lon: number
  /** Degrees; null for every direction. */
  headingDeg: number | null
  radiusM: number
}

/** How far two directions may be apart on one carriageway, degrees. */
const sameDirectionDeg = 45
/** Shorter ways give no direction, metres. */
const leastWayM = 10

/** Whether something that happened there, in that direction, is of the place. An unknown direction is of none that has one. */
export function isAt(place: Place, { lat, lon, headingDeg }: Omit<Place, 'radiusM'>): boolean {
  const [north, east] = metresBetween(place, { lat, lon })
  if (Math.hypot(north, east) > place.radiusM) return false
  if (place.headingDeg === null) return true
  if (headingDeg === null) return false
  const apart = Math.abs(((headingDeg - place.headingDeg + 540) % 360) - 180)
  return apart <= sameDirectionDeg
}

/** The direction that a trace shows from an event's start to its end, degrees from north to the east; null where it does not show one. */
export function headingOf(trace: EventTrace | null, durationMs: number): number | null {
  const known = (trace?.offsetMs ?? []).flatMap((ms, n) => {
    const [lat, lon] = [trace!.lat[n], trace!.lon[n]]
    return ms >= 0 && ms <= durationMs && lat != null && lon != null ? [{ lat, lon }] : []
  })
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return null
  const [north, east] = metresBetween(first, last)
  if (Math.hypot(north, east) < leastWayM) return null
  return (Math.atan2(east, north) * DEG_PER_RAD + 360) % 360
}

/** Metres to the north and to the east; flat, for what is near. */
function metresBetween(from: { lat: number; lon: number }, to: { lat: number; lon: number }): [number, number] {
  const east = (to.lon - from.lon) * Math.cos(from.lat / DEG_PER_RAD)
  return [(to.lat - from.lat) * metresPerDegree, east * metresPerDegree]
}
