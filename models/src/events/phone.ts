import { bands } from '@fairmile/contract/driving-event.ts'
import type { MotionSample } from '../motion.ts'
import { beginCandidate } from './begin-candidate.ts'
import type { Candidate, CandidateSink, Detector } from './detector.ts'
import type { PhoneThreshold } from './thresholds.ts'

/** What a paired phone says of itself; null where it cannot tell. */
export interface PhoneReport {
  /** It answers; without that nothing is known. */
  connected: boolean
  /** It is held or touched, by its own motion and proximity sensors. */
  handling: boolean | null
  screenOn: boolean | null
  call: 'none' | 'handsfree' | 'handheld' | null
}

/**
 * Whether a phone is used by hand: 1 or 0, NaN where nobody can tell.
 *
 * A lit screen alone is no use: it may show the way from a holder. A dark phone in a hand is being put away.
 */
export function phoneUse({ connected, handling, screenOn, call }: PhoneReport): number {
  if (!connected) return Number.NaN
  if (call === 'handheld') return 1
  if (handling === true && screenOn !== null) return screenOn ? 1 : 0
  if (handling === false || screenOn === false) return 0
  return Number.NaN
}

/**
 * Judges use of a phone while driving, in seconds; the peak is how long it was used without a pause.
 *
 * Where no phone tells or the speed is unknown nothing is judged; a pause shorter than the join time does not end an event.
 */
export function createPhoneDetector(rule: PhoneThreshold, sink: CandidateSink): Detector {
  let run: Candidate | null = null
  let reached = -1
  let sinceMs = Number.NaN

  function close(): void {
    if (run && reached >= 0) sink.over(run)
    run = null
    reached = -1
    sinceMs = Number.NaN
  }

  function follow(sample: MotionSample): void {
    run ??= beginCandidate('phone_use', sample)
    if (Number.isNaN(sinceMs)) sinceMs = sample.tMs
    run.endMs = sample.tMs
    run.endSpeedMps = sample.speedMps
    const usedMs = sample.tMs - sinceMs
    if (usedMs / 1000 > run.peak) {
      run.peak = usedMs / 1000
      run.lat = sample.lat
      run.lon = sample.lon
    }
    for (let index = reached + 1; index < bands.length; index++) {
      if (usedMs < rule.bandsMs[bands[index]!]) return
      reached = index
      run.band = bands[index]!
      sink.band(run)
    }
  }

  return {
    push({ sample }) {
      const used = sample.phoneUse > 0 && sample.speedMps >= rule.minSpeedMps // false where either is unknown
      if (used) return follow(sample)
      sinceMs = Number.NaN
      if (run && (reached < 0 || sample.tMs - run.endMs >= rule.joinMs)) close()
    },
    end: close,
  }
}
