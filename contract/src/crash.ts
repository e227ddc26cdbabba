import type { RawChunk } from './raw-chunk.ts'

/** What a crash was, as far as it is known when it is told. */
export interface CrashFacts {
  /** Change of the car's horizontal velocity, m/s. */
  deltaVMps: number
  /** Where the force came from, degrees clockwise from the front in [0, 360); null while the axes of the box are not known. */
  directionDeg: number | null
  /** Largest horizontal acceleration, averaged over 10 ms, m/s². */
  peakMps2: number
  /** The car lies otherwise than it drove. */
  rolledOver: boolean
  /** The sensor was at its limit: the crash was harder than this says. */
  saturated: boolean
  /** Samples a second. */
  rateHz: number
}

/** A stretch of what the IMU felt around a crash, at its full rate; goes in the `urgent` lane behind the alert, the stretch just before it first. */
export interface CrashRecord extends CrashFacts {
  eventId: string
  tripId: string
  /** UTC epoch milliseconds at which the crash began. */
  at: number
  /** Milliseconds from there to the time that the rows count from: negative before the crash. */
  fromMs: number
  /** Resolved to 0.1 ms, 0.005 m/s² and 0.001 rad/s; what is beyond ±16 g is at its limit. */
  imu: RawChunk['imu']
}
