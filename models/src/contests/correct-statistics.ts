import type { Band, DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import type { SpeedingThreshold } from '../events/thresholds.ts'
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
 * Of speeding the seconds above the limit go too, as far as the event's trace shows them. Seconds of accelerations stay in their histograms, for
 * statistics do not tell an event's own from the others. What the trip has not counted cannot be taken out of it.
 */
export function correctStatistics(
  statistics: TripStatistics,
  corrections: readonly EventCorrection[],
  rule: SpeedingThreshold,
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
    if (event.kind !== 'speeding' || event.limitKmh === null) continue
    const before = overLimitSeconds(event, event.limitKmh, rule)
    const after = instead ? overLimitSeconds(event, instead.limitKmh, rule) : [0, 0, 0]
    for (const [band, seconds] of before.entries())
      corrected.overLimitS[band] = Math.max(0, corrected.overLimitS[band]! - seconds + after[band]!)
  }
  return corrected
}
