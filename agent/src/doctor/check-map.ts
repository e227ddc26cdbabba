import { statSync } from 'node:fs'
import { openMapFile } from '../maps/map-file.ts'
import type { Found } from './check.ts'

/** Limits change: a map that is older should be built anew. */
const maxAgeMs = 366 * 86_400_000

/** Can limits be looked up where the car is? @param at its place, null where that is not known */
export function checkMap(path: string | null, nowMs: number, at: { lat: number; lon: number } | null): Found {
  if (path === null)
    return { result: 'skipped', detail: 'none is set, so speeding cannot be judged: FAIRMILE_MAP names one' }
  const map = openMapFile(path)
  try {
    const { roads, minLat, maxLat, minLon, maxLon } = map.extent()
    const ageMs = nowMs - statSync(path).mtimeMs
    const told = `${roads} roads from ${minLat.toFixed(2)}, ${minLon.toFixed(2)} to ${maxLat.toFixed(2)}, ${maxLon.toFixed(2)}, ${Math.round(ageMs / 86_400_000)} days old`
    if (at && (at.lat < minLat || at.lat > maxLat || at.lon < minLon || at.lon > maxLon))
      return { result: 'warning', detail: `${told}: the car is outside; build a map of where it drives` }
    if (ageMs > maxAgeMs) return { result: 'warning', detail: `${told}: build it anew with fairmile-agent maps build` }
    return { result: 'ok', detail: told }
  } finally {
    map.close()
  }
}
