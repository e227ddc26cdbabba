import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'

/** An event of speeding with its trace of ten seconds on both sides, at those km/h from its start to its end and 45 around it: for tests. */
export function speedingExample({
  kmh,
  limitKmh = 50,
  seconds = 20,
  band = 'count' as DrivingEvent['band'],
}: {
  kmh: number
  limitKmh?: number
  seconds?: number
  band?: DrivingEvent['band']
}) {
  const durationMs = seconds * 1000
  const offsetMs = Array.from({ length: (seconds + 20) * 10 + 1 }, (_, n) => n * 100 - 10_000)
  const speedMps = offsetMs.map((ms) => (ms >= 0 && ms <= durationMs ? kmh : 45) / 3.6)
  const unknown = offsetMs.map(() => null)
  const trace = { offsetMs, speedMps, aLong: unknown, aLat: unknown, lat: unknown, lon: unknown }
  return { kind: 'speeding' as const, band, grade: 'A' as const, limitKmh, durationMs, trace }
}
