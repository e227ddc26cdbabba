import { DEG_PER_RAD, EARTH_RADIUS_M } from '@fairmile/contract/units.ts'
import type { Fix } from '../sensors.ts'

type Place = Pick<Fix, 'lat' | 'lon'>

/** Metres to the north from one place to another; NaN where one is unknown. */
export const northM = (from: Place, to: Place): number =>
  from.lat === null || to.lat === null ? Number.NaN : ((to.lat - from.lat) / DEG_PER_RAD) * EARTH_RADIUS_M

/** Metres to the east, the short way around the Earth; NaN where one place is unknown. */
export function eastM(from: Place, to: Place): number {
  if (from.lon === null || to.lon === null || from.lat === null) return Number.NaN
  const turnDeg = ((to.lon - from.lon + 540) % 360) - 180
  return (turnDeg / DEG_PER_RAD) * EARTH_RADIUS_M * Math.cos(from.lat / DEG_PER_RAD)
}

/** Metres between two places, exact for short ways and large enough for long ones. */
export const metresBetween = (from: Place, to: Place): number => Math.hypot(northM(from, to), eastM(from, to))
