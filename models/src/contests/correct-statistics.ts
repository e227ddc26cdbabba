import type { Band, DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import type { Thresholds } from '../events/thresholds.ts'
import { counted } from '../trips/merge-statistics.ts'
import { type JudgedSpeed, overLimitSeconds } from './over-limit-seconds.ts'

/** An event as the car judged it, and what counts in its place. */
export interface EventCorrection {
  event: Pick<DrivingEvent, 'kind' | 'band' | 'grade' | 'limitKmh'> & JudgedSpeed
  /** Null where nothing counts: the event is contested, or no event by the true limit. */
  instead: { band: Band; limitKmh: number } | null
}

/**
 * A trip's statistics less the events that do not count, or with the band they have in truth.
 *
 * Of speeding of grade A the seconds above the limit go too, as far as the event's trace shows them; of what is below A the car counted some of them or
 * none, and the trace does not say which, so that none are taken from other events. Of phone use its seconds go. Seconds of accelerations stay in their
 * histograms, for statistics do not tell an event's own from the others. What the trip has not counted cannot be taken out of it.
 */
export function correctStatistics(
  statistics: TripStatistics,
  corrections: readonly EventCorrection[],
  { speeding: rule, sampleHz }: Pick<Thresholds, 'speeding' | 'sampleHz'>,
): TripStatistics {
  const corrected = { ...statistics, overLimitS: [...statistics.overLimitS] as TripStatistics['overLimitS'] }
  for (const { event, instead } of corrections) {
    const entry = corrected.events.find(
      ({ kind, band, grade, count }) =>
        kind === event.kind && band === event.band && grade === event.grade && count > 0,
    )
    if (!entry) continue
    corrected.events = counted(corrected.events, event, -1).filter(({ count }) => count > 0)
    if (instead) corrected.events = counted(corrected.events, { ...event, band: instead.band })
    if (event.kind === 'phone_use')
      corrected.phoneS = lessSeconds(corrected.phoneS, event.durationMs / 1000 + 1 / sampleHz)
    if (event.kind !== 'speeding' || event.grade !== 'A' || event.limitKmh === null) continue
    const before = overLimitSeconds(event, event.limitKmh, rule)
    const after = instead ? overLimitSeconds(event, instead.limitKmh, rule) : [0, 0, 0]
    for (const [band, seconds] of before.entries())
      corrected.overLimitS[band] = Math.max(0, corrected.overLimitS[band]! - seconds + after[band]!)
  }
  return corrected
}

/** Whole milliseconds, so that nothing is left of seconds that were added up one by one. */
function lessSeconds(from: number, seconds: number): number {
  return Math.max(0, Math.round((from - seconds) * 1000) / 1000)
}
