import { bands } from '@fairmile/contract/driving-event.ts'
import { type ScreenTrip, screenTripSchema } from '@fairmile/contract/screen.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'

/** What the screen shows of a trip: what the driver was told of, most severe and most frequent first. */
export function tripShown({ endAt, statistics }: TripRecord): ScreenTrip {
  const { distanceM, durationS, riskSum, riskS } = statistics
  const events = new Map<string, ScreenTrip['events'][number]>()
  for (const { kind, band, count } of statistics.events) {
    if (band === 'log') continue
    const key = `${kind} ${band}`
    const known = events.get(key)
    if (known) known.count += count
    else events.set(key, { kind, band, count })
  }
  return {
    endAt,
    distanceM,
    durationS,
    score: riskS > 0 ? Math.round(100 - riskSum / riskS) : null,
    events: [...events.values()].sort(
      (a, b) => bands.indexOf(b.band) - bands.indexOf(a.band) || b.count - a.count || a.kind.localeCompare(b.kind),
    ),
  }
}

/** Reads a trip that was kept as JSON; null where there is none, or an older agent kept another. */
export function readTripShown(text: string | null): ScreenTrip | null {
  if (text === null) return null
  try {
    return screenTripSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
