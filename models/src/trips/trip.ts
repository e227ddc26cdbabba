import { quality } from '@fairmile/contract/telematics.ts'
import type { TripEndReason } from '@fairmile/contract/trip.ts'
import type { MotionSample } from '../motion.ts'

/** When a trip begins and ends. */
export const tripRules = {
  /** Without ignition: this speed for this time (a parked receiver drifts below it). */
  startSpeedMps: 8 / 3.6,
  startMs: 5000,
  /** With ignition on: this speed at once is moving off. */
  ignitionSpeedMps: 5 / 3.6,
  /** A trip ends after this time without motion, at its last motion. */
  stillMs: 600_000,
  /** A start less than this after the end of a trip goes on with it: a stop for fuel, or a power loss. */
  joinMs: 600_000,
  /** Slower than this is standing. */
  standingMps: 0.5,
  /** Where the speed is unknown: horizontal acceleration or yaw rate beyond these is motion … */
  motionMps2: 0.5,
  motionRps: 0.05,
  /** … and pauses up to this long are part of it. */
  pauseMs: 2000,
} as const

/** Where a trip is: nothing, moving but not yet sure, or under way. */
export type TripPhase = 'parked' | 'starting' | 'driving'

/** A place and time of a trip; NaN where unknown. */
export interface TripPoint {
  tMs: number
  atMs: number
  lat: number
  lon: number
}

/** Where trips are told. */
export interface TripSink {
  /** The trip began at `start`, some samples ago. */
  started(start: TripPoint): void
  /** The trip ended at `end`, its last motion, which for `still` is ten minutes ago. */
  ended(start: TripPoint, end: TripPoint, reason: TripEndReason): void
}

/** Finds trips sample by sample. */
export interface TripFinder {
  readonly phase: TripPhase
  /**
   * Statistics belong to the trip in `starting` and `driving`; at `parked` the caller starts them anew.
   *
   * @param ignition null where nobody knows
   */
  push(sample: MotionSample, ignition: boolean | null): TripPhase
  /** Tells the time where no sample does: a trip ends without a last one. */
  tick(tMs: number): void
  /** Ends a running trip at its last motion; a start that was not sure yet is forgotten. */
  end(reason: TripEndReason): void
}

/** A finder of trips by ignition and speed, or by motion alone where the speed is unknown; needs no final fix. */
export function createTripFinder(options: { sink: TripSink; rules?: typeof tripRules }): TripFinder {
  const { sink, rules = tripRules } = options
  const start: TripPoint = { tMs: 0, atMs: 0, lat: 0, lon: 0 }
  const last: TripPoint = { tMs: 0, atMs: 0, lat: 0, lon: 0 }
  let phase: TripPhase = 'parked'
  let fastSinceMs = Number.NaN
  let ignitionWas: boolean | null = null

  function end(reason: TripEndReason): void {
    const wasDriving = phase === 'driving'
    phase = 'parked'
    fastSinceMs = Number.NaN
    if (wasDriving) sink.ended({ ...start }, { ...last }, reason)
  }

  /** By speed where it is known and can be believed, otherwise by what is felt. */
  function isMoving({ speedMps, aLong, aLat, yawRate, quality: bits }: MotionSample): boolean {
    if (!Number.isNaN(speedMps) && (bits & quality.implausible) === 0) return speedMps >= rules.standingMps
    return (
      Math.abs(aLong) > rules.motionMps2 || Math.abs(aLat) > rules.motionMps2 || Math.abs(yawRate) > rules.motionRps
    )
  }

  /** Whether the car has moved off for sure; keeps the time since when it goes fast enough. */
  function isUnderWay(sample: MotionSample, ignition: boolean | null): boolean {
    const { tMs, speedMps } = sample
    if ((sample.quality & quality.implausible) !== 0) {
      fastSinceMs = Number.NaN
      return false
    }
    if (ignition === true && speedMps >= rules.ignitionSpeedMps) return true
    const fast = Number.isNaN(speedMps) || speedMps >= rules.startSpeedMps
    if (!fast) fastSinceMs = Number.NaN
    else if (Number.isNaN(fastSinceMs)) fastSinceMs = tMs
    return fast && tMs - fastSinceMs >= rules.startMs
  }

  function tick(tMs: number): void {
    if (phase === 'driving' && tMs - last.tMs >= rules.stillMs) end('still')
  }

  return {
    get phase() {
      return phase
    },
    tick,
    push(sample, ignition) {
      const { tMs } = sample
      const switchedOff = ignition === false && ignitionWas === true
      ignitionWas = ignition
      tick(tMs)
      const moving = isMoving(sample)
      if (phase === 'starting' && !moving && tMs - last.tMs > rules.pauseMs) end('still')
      if (moving) {
        if (phase === 'parked') {
          phase = 'starting'
          keep(start, sample)
        }
        keep(last, sample)
        if (phase === 'starting' && isUnderWay(sample, ignition)) {
          phase = 'driving'
          sink.started({ ...start })
        }
      }
      if (switchedOff && phase === 'driving') end('ignition_off')
      return phase
    },
    end,
  }
}

function keep(point: TripPoint, { tMs, atMs, lat, lon }: MotionSample): void {
  point.tMs = tMs
  point.atMs = atMs
  point.lat = lat
  point.lon = lon
}
