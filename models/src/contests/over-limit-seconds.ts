import type { EventTrace } from '@fairmile/contract/driving-event.ts'
import { KMH_PER_MPS } from '@fairmile/contract/units.ts'
import { bandBeginsKmh, type SpeedingThreshold } from '../events/thresholds.ts'

/** How fast it was during an event: its trace, and how long it was. */
export interface JudgedSpeed {
  durationMs: number
  trace: EventTrace | null
}

/** Seconds of an event above a limit by the log, coach and count band, as far as its trace shows. */
export function overLimitSeconds(
  { trace, durationMs }: JudgedSpeed,
  limitKmh: number,
  { bands }: SpeedingThreshold,
): [number, number, number] {
  const seconds: [number, number, number] = [0, 0, 0]
  if (!trace) return seconds
  const begins = [bands.log, bands.coach, bands.count].map((band) => bandBeginsKmh(band, limitKmh))
  for (const [n, offset] of trace.offsetMs.entries()) {
    const before = trace.offsetMs[n - 1]
    const speedMps = trace.speedMps[n]
    if (before === undefined || before < 0 || offset > durationMs || speedMps == null) continue
    const over = speedMps * KMH_PER_MPS - limitKmh
    for (const [band, from] of begins.entries()) if (over > from) seconds[band]! += (offset - before) / 1000
  }
  return seconds
}
