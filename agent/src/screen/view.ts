import { KMH_PER_MPS } from '@fairmile/contract/units.ts'
import { bandBeginsKmh, type OverLimit } from '@fairmile/models/events/thresholds.ts'

/** Moving off is seen by this speed even before a trip is sure (8 km/h): no words then. */
const movingMps = 8 / 3.6
/** Slower is standing. m/s */
const standingMps = 0.5
/** A car that stood this long within a trip may show words: lights and level crossings are over sooner. Milliseconds. */
const stoodMs = 150_000

/** What decides between status and words. */
export interface ViewFacts {
  tMs: number
  inTrip: boolean
  /** Metres per second; null where unknown. */
  speedMps: number | null
}

/** Chooses between the driving and the parked view; an unknown speed within a trip is driving. */
export function createView() {
  let movedMs = Number.NEGATIVE_INFINITY
  return ({ tMs, inTrip, speedMps }: ViewFacts): 'driving' | 'parked' => {
    const moving = speedMps === null ? inTrip : speedMps >= (inTrip ? standingMps : movingMps)
    if (moving) movedMs = tMs
    return moving || (inTrip && tMs - movedMs < stoodMs) ? 'driving' : 'parked'
  }
}

/** Once shown, the excess stays until so little is left, so that it does not flicker at the edge. km/h */
const leaveKmh = 1

/** Tells how far the speed is above the limit once it is above the band where speeding begins; null otherwise. km/h */
export function createOverLimit(log: OverLimit) {
  let shown = false
  return (speedMps: number | null, limitKmh: number | null): number | null => {
    const overKmh = speedMps === null || limitKmh === null ? Number.NaN : speedMps * KMH_PER_MPS - limitKmh
    shown = overKmh > (shown ? leaveKmh : bandBeginsKmh(log, limitKmh ?? 0))
    return shown ? Math.round(overKmh) : null
  }
}
