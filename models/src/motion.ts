/**
 * One fused motion sample, 10 Hz, in the vehicle's axes (ISO 8855: x forward, y left, z up).
 *
 * Every object has this one shape and unknown numbers are NaN, so that the hot path never branches on undefined;
 * NaN becomes null at the border.
 */
export interface MotionSample {
  /** Milliseconds on the monotonic clock of the pipeline; steps are 100 ms, gaps are larger. */
  tMs: number
  /** UTC epoch milliseconds; NaN before the first time from GNSS. */
  atMs: number
  /** WGS84 degrees. */
  lat: number
  lon: number
  altM: number
  /** Metres per second, never negative. */
  speedMps: number
  /** Degrees clockwise from north, [0, 360). */
  headingDeg: number
  /** m/s² without gravity. */
  aLong: number
  aLat: number
  aVert: number
  /** rad/s, positive to the left. */
  yawRate: number
  hdop: number
  /** Posted limit in km/h. */
  limitKmh: number
  /** How sure the posted limit is, 0 to 1; NaN where it is unknown. */
  limitConfidence: number
  /** 1 while a paired phone is used by hand, 0 while it surely is not; NaN where no phone tells. */
  phoneUse: number
  /** One standard deviation of the accelerations in g, from calibration and slope; NaN where uncalibrated. */
  sigmaG: number
  /** Bits of the contract's `quality`. */
  quality: number
}
