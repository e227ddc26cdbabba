import type { PhoneReport } from '@fairmile/models/events/phone.ts'

/** One GNSS epoch. Unknown is null, never zero. */
export interface Fix {
  /** Milliseconds on the agent's monotonic clock, when the epoch was valid (serial delay taken out). */
  tMs: number
  /** UTC epoch milliseconds of the receiver; null where it has no date yet. */
  utcMs: number | null
  lat: number | null
  lon: number | null
  altM: number | null
  speedMps: number | null
  /** Degrees clockwise from north. */
  courseDeg: number | null
  hdop: number | null
  satellites: number | null
  /** 1 no fix, 2 two-dimensional, 3 three-dimensional. */
  mode: 1 | 2 | 3
}

/** One accelerometer and gyroscope reading in the device's axes: specific force in m/s², rates in rad/s (NaN where there is no gyro). */
export interface ImuSample {
  /** Milliseconds on the agent's monotonic clock. */
  tMs: number
  ax: number
  ay: number
  az: number
  gx: number
  gy: number
  gz: number
  /** An axis was at the end of its range, so that the truth was beyond; absent where the source cannot tell. */
  saturated?: boolean
}

/** What the sensor board tells beside IMU samples. */
export interface BoardState {
  tMs: number
  ignition: boolean | null
  batteryMv: number | null
  /** The vehicle's own odometer, of which only differences mean something; null where none tells it now. */
  odometerM: number | null
  /** What the odometer counts in, metres. */
  odometerStepM: number | null
}

/** What a paired phone tells of itself, whenever it changes and every ten seconds. */
export interface PhoneState extends PhoneReport {
  /** Milliseconds on the agent's monotonic clock. */
  tMs: number
}

/** Where sources deliver. `trouble` tells what cannot be sensed now and what to do about it; null means it is well again. */
export interface SensorSink {
  fix(fix: Fix): void
  imu(sample: ImuSample): void
  board(state: BoardState): void
  trouble(source: string, message: string | null): void
}

/** A place that readings come from: a serial line, an I²C bus, a board, a recording. */
export interface Source {
  readonly name: string
  /** What it has met so far, good and bad. */
  readonly counts?: object
  /** Runs until the signal aborts or, for a recording, until its end. Rejects only on what retrying cannot mend. */
  run(sink: SensorSink, signal: AbortSignal): Promise<void>
}

/** A posted speed limit. */
export interface PostedLimit {
  limitKmh: number
  /** 0 to 1: how sure the street is, lower where the limit is implicit or changes nearby. */
  confidence: number
}

/** Gives the posted limit at a fix that follows the ones before it; null where it is unknown. */
export type LimitAt = (fix: Fix) => PostedLimit | null
