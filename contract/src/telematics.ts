/** Bits of `TelematicsEvent.quality`. */
export const quality = {
  /** No usable GNSS fix: position and speed are null or bridged. */
  noFix: 1,
  /** No IMU in this second: accelerations are null. */
  noImu: 2,
  /** The mount is not calibrated: accelerations are not in the vehicle's axes. */
  uncalibrated: 4,
  /** `at` was stored before the clock was set from GNSS. */
  clockUnset: 8,
  /** Speed and position are carried over an outage by the IMU. */
  bridged: 16,
  /** An axis of the IMU was at its limit. */
  saturated: 32,
  /** The sensors told what cannot be the motion of this car: not scored, not judged, no distance. */
  implausible: 64,
  /** The model gave no score in time: `liveRisk` is the last good one, or null where that is too old. */
  riskHeld: 128,
} as const

/**
 * The cloud's telematics event: the 1 Hz summary of ten motion samples.
 *
 * Unknown is null, never zero. The resolution after each unit is what the wire and the table keep.
 */
export interface TelematicsEvent {
  /** Sequence number in the `telematics` lane of its boot; from 1, without gaps. */
  seq: number
  /** UTC epoch milliseconds, fixed when the record is stored and never corrected. */
  at: number
  /** WGS84 degrees, 1e-6. */
  lat: number | null
  lon: number | null
  /** Metres, 0.1. */
  altM: number | null
  /** Metres per second at the end of the second, 0.01. */
  speedMps: number | null
  /** Degrees clockwise from north in [0, 360), 0.1. */
  headingDeg: number | null
  /** Horizontal dilution of precision, 0.1. */
  hdop: number | null
  /** Longitudinal (x forward) and lateral (y left) acceleration of the second, m/s², 0.01. */
  aLongMin: number | null
  aLongMax: number | null
  aLatMin: number | null
  aLatMax: number | null
  /** Root mean square of the vertical acceleration without gravity, m/s², 0.01. */
  aVertRms: number | null
  /** Yaw rate of the largest magnitude, rad/s, positive to the left, 0.001. */
  yawRateMax: number | null
  /** Posted limit, km/h. */
  limitKmh: number | null
  /** Live risk of the last window, 0 (safest) to 100, 0.1. */
  liveRisk: number | null
  /** Bits of `quality`. */
  quality: number
}
