import type { LiveCause, LiveState } from '@fairmile/contract/live.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'

/** Screens are told once a second, and of events at once. */
const everyMs = 1000

/** What a live state says beside the newest motion. */
export interface LiveFacts {
  tripId: string | null
  tripDistanceM: number
  calibrationConfidence: number
  /** 0 to 100; NaN where unknown. */
  risk: number
  /** Mean of the running trip; NaN where unknown. */
  tripRisk: number
  causes: LiveCause[]
}

/** Rounded to what a screen can show: most of a live message is digits. */
const known = (value: number, digits: number): number | null =>
  Number.isNaN(value) ? null : Math.round(value * 10 ** digits) / 10 ** digits

/** Makes live states: one a second, one at each event, and a last one when a trip has ended. */
export const createLiveTeller = (options: { facts: () => LiveFacts; tell: (state: LiveState) => void }) => {
  let newest: MotionSample | null = null
  let lastMs = Number.NEGATIVE_INFINITY
  let event: LiveState['event'] = null
  let toldTripId: string | null = null

  const tell = (laterMs = 0): void => {
    if (newest === null) return
    const { tripId, tripDistanceM, calibrationConfidence, risk, tripRisk, causes } = options.facts()
    lastMs = newest.tMs
    toldTripId = tripId
    options.tell({
      at: Math.round(newest.atMs) + laterMs,
      tripId,
      lat: known(newest.lat, 6),
      lon: known(newest.lon, 6),
      speedMps: known(newest.speedMps, 2),
      headingDeg: known(newest.headingDeg, 1),
      limitKmh: known(newest.limitKmh, 0),
      aLong: known(newest.aLong, 2),
      aLat: known(newest.aLat, 2),
      liveRisk: known(risk, 1),
      tripDistanceM: Math.round(tripDistanceM),
      tripRisk: known(tripRisk, 1),
      causes,
      calibrationConfidence: known(calibrationConfidence, 2) ?? 0,
      event,
    })
    event = null
  }

  return {
    /** Takes the newest sample, before it is judged. */
    motion(sample: MotionSample): void {
      newest = sample
    },
    /** Tells what is new if a second has passed; true where it did. */
    due(): boolean {
      if (newest === null || newest.tMs - lastMs < everyMs) return false
      tell()
      return true
    },
    /** Goes with the next state; `atOnce` does not wait for it. */
    event(happened: NonNullable<LiveState['event']>, atOnce: boolean): void {
      event = happened
      if (atOnce) tell()
    },
    /** No sample may come to tell that the car is parked, and screens leave out what is not newer. */
    ended(): void {
      if (toldTripId !== null) tell(1)
    },
  }
}
