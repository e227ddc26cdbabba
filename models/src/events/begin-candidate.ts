import type { EventKind } from '@fairmile/contract/driving-event.ts'
import type { MotionSample } from '../motion.ts'
import type { Candidate } from './detector.ts'

/** An event of the lowest band that begins with this sample. */
export function beginCandidate(kind: EventKind, { tMs, lat, lon, speedMps, limitKmh }: MotionSample): Candidate {
  return {
    kind,
    startMs: tMs,
    endMs: tMs,
    band: 'log',
    peak: 0,
    lat,
    lon,
    startSpeedMps: speedMps,
    endSpeedMps: speedMps,
    limitKmh,
    limitConfidence: Number.NaN,
  }
}
