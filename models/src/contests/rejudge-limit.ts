import { type Band, bands, type DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { Candidate } from '../events/detector.ts'
import { createSpeedingDetector } from '../events/speeding.ts'
import type { SpeedingThreshold } from '../events/thresholds.ts'
import { unknownSample } from '../events/unknown-sample.ts'

/** What an event of speeding is by another limit; a null band where it is none. */
export interface ByTrueLimit {
  band: Band | null
  /** m/s above the true limit; null where there is no event. */
  peak: number | null
}

/**
 * Judges an event of speeding by another limit, from its trace, by the code that judged it in the car.
 *
 * Never harder than the car did: a correction takes nothing from a driver. A trace is ninety seconds long at most; of a longer event what it does not show is
 * no evidence.
 * @returns null where the event kept no trace, so that it can not be judged
 */
export function rejudgeLimit(
  event: Pick<DrivingEvent, 'band' | 'trace'> & { durationMs: number },
  { limitKmh, rule }: { limitKmh: number; rule: SpeedingThreshold },
): ByTrueLimit | null {
  const { trace, durationMs } = event
  if (!trace) return null
  const found: Candidate[] = []
  const detector = createSpeedingDetector(rule, { band() {}, over: (candidate) => void found.push(candidate) })
  for (const [n, tMs] of trace.offsetMs.entries()) {
    if (tMs < 0 || tMs > durationMs) continue
    const speedMps = trace.speedMps[n] ?? Number.NaN
    detector.push({
      sample: { ...unknownSample, tMs, speedMps, limitKmh },
      aLong: Number.NaN,
      aLat: Number.NaN,
      aVert: Number.NaN,
      stepMs: 100,
    })
  }
  detector.end()
  const hardest = found.sort((a, b) => bands.indexOf(b.band) - bands.indexOf(a.band) || b.peak - a.peak)[0]
  if (!hardest) return { band: null, peak: null }
  const band = bands[Math.min(bands.indexOf(hardest.band), bands.indexOf(event.band))]!
  return { band, peak: hardest.peak }
}
