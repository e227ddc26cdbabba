import type { TripRecord } from '@fairmile/contract/trip.ts'
import { DEG_PER_RAD, EARTH_RADIUS_M } from '@fairmile/contract/units.ts'
import { type TripPoint, tripRules } from '@fairmile/models/trips/trip.ts'
import type { TripCheckpoint } from './trip-checkpoint.ts'

/** A car that was towed or carried further than this in the pause makes another trip: metres, and metres a second on top. */
const nearM = 500
const fastestMps = 50
/** Two boots' clocks from GNSS agree within this. */
const clockSlackMs = 5000

export interface EarlierTripOptions {
  /** What the last boot kept; null where there is nothing. */
  saved: TripCheckpoint | null
  /** Takes the record of a trip that lost its power and does not go on. */
  close: (trip: TripRecord) => void
  /** The earlier trip is of no more use. */
  forget: () => void
}

/**
 * Keeps the last trip for as long as another start may go on with it: segments less than ten minutes apart are one trip.
 *
 * Within a boot the pause is measured by the monotonic clock, across boots by the time of GNSS: a computer without a clock
 * cannot tell a minute from a night.
 */
export const createEarlierTrip = ({ saved, close, forget }: EarlierTripOptions) => {
  let held = saved
  /** Its last motion on the monotonic clock of this boot; NaN for a trip of an earlier boot. */
  let heldMs = Number.NaN

  const drop = (): void => {
    const trip = held
    if (trip === null) return
    held = null
    // The numbers of another boot mean nothing in this one; 0 says so.
    if (trip.endReason === null) close({ ...recordOf(trip), endReason: 'power_loss', firstSeq: 0, lastSeq: 0 })
    forget()
  }

  const pauseMs = (trip: TripCheckpoint, { tMs, atMs }: TripPoint, clockSet: boolean): number => {
    if (!Number.isNaN(heldMs)) return tMs - heldMs
    return clockSet ? atMs - trip.endAt : Number.NaN
  }

  /** The earlier trip, where a start goes on with it; null otherwise. */
  const found = (start: TripPoint, clockSet: boolean): TripCheckpoint | null => {
    if (held === null) return null
    const gapMs = pauseMs(held, start, clockSet)
    const joins = gapMs >= -clockSlackMs && gapMs < tripRules.joinMs && isNear(held, start, gapMs)
    return joins ? held : null
  }

  return {
    /** For a start that is not sure yet. */
    find: found,
    /** A trip that has just ended, with its last motion. */
    hold(trip: TripCheckpoint, endMs: number): void {
      held = trip
      heldMs = endMs
    },
    /**
     * The earlier trip, where the one that starts goes on with it; otherwise null, and the earlier one is over for good.
     *
     * @param clockSet GNSS has told the time
     */
    join(start: TripPoint, clockSet: boolean): TripCheckpoint | null {
      const trip = found(start, clockSet)
      if (trip === null) drop()
      held = null
      return trip
    },
    /** Lets the earlier trip go once no start can join it any more; `now` is the newest moment known. */
    expire(now: TripPoint, clockSet: boolean): void {
      if (held === null) return
      // What was kept is older than this boot.
      const atLeastMs = Number.isNaN(heldMs) ? now.tMs : 0
      if (Math.max(atLeastMs, pauseMs(held, now, clockSet) || 0) >= tripRules.joinMs) drop()
    },
  }
}

export const recordOf = ({
  boot: _boot,
  startTMs: _startTMs,
  endReason: _endReason,
  ...record
}: TripCheckpoint): Omit<TripRecord, 'endReason'> => record

function isNear(trip: TripCheckpoint, { lat, lon }: TripPoint, gapMs: number): boolean {
  if (trip.endLat === null || trip.endLon === null || Number.isNaN(lat)) return true
  const north = lat - trip.endLat
  const east = (lon - trip.endLon) * Math.cos(lat / DEG_PER_RAD)
  const metres = (Math.hypot(north, east) / DEG_PER_RAD) * EARTH_RADIUS_M
  return metres <= nearM + (fastestMps * Math.max(0, gapMs)) / 1000
}
