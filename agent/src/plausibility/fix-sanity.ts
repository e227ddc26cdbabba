import type { Fix } from '../sensors.ts'
import type { ImplausibleReason } from './evidence.ts'

/** 360 km/h: faster than any car on a road, slower than a receiver that lies by a wrong unit or a jump. */
export const maxSpeedMps = 100
/** The shores of the Dead Sea lie at −430 m, the highest road at about 5,900 m; a cold receiver may be 600 m too low. */
const minAltM = -1000
const maxAltM = 9000

const within = (value: number | null, min: number, max: number): boolean =>
  value === null || (value >= min && value <= max) // false for NaN

/** What is wrong with a fix by itself; null where nothing is. */
export function wrongWith(fix: Fix): ImplausibleReason | null {
  const { tMs, lat, lon, altM, speedMps, courseDeg, hdop } = fix
  if (!Number.isFinite(tMs) || !within(lat, -90, 90) || !within(lon, -180, 180)) return 'bad_number'
  // Blank numbers that became zeros: a buoy stands there, and no road.
  if (lat === 0 && lon === 0) return 'bad_number'
  if (!within(courseDeg, -360, 360) || !within(hdop, 0, Number.MAX_VALUE)) return 'bad_number'
  if (!within(speedMps, 0, maxSpeedMps)) return Number.isFinite(speedMps) ? 'too_fast' : 'bad_number'
  if (!within(altM, minAltM, maxAltM)) return Number.isFinite(altM) ? 'altitude' : 'bad_number'
  return null
}
