import { DEG_PER_RAD, EARTH_RADIUS_M } from '@fairmile/contract/units.ts'
import type { Fix } from '../sensors.ts'

/** A fix of a car that goes east at 20 m/s from its start, `tS` seconds later, with changes: for tests. */
export function fixExample(tS: number, changes: Partial<Fix> = {}): Fix {
  return {
    tMs: tS * 1000,
    utcMs: 1_767_225_600_000 + tS * 1000,
    lat: 0.1,
    lon: ((20 * tS) / EARTH_RADIUS_M) * DEG_PER_RAD,
    altM: 300,
    speedMps: 20,
    courseDeg: 90,
    hdop: 0.9,
    satellites: 9,
    mode: 3,
    ...changes,
  }
}
