import type { Band, EventKind, Grade } from './driving-event.ts'

/** Upper edges of the speed histogram, km/h; the last bin is open. */
export const speedBinsKmh = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 160] as const

/** Upper edges of the acceleration histograms, g, symmetric about zero; first and last bin are open. */
export const accelerationBinsG = [-0.5, -0.4, -0.3, -0.2, -0.1, -0.05, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5] as const

/** Upper edges of the jerk histogram, m/s³ (magnitude); the last bin is open. */
export const jerkBinsMps3 = [0.5, 1, 2, 3, 5, 8] as const

/** A count of events of one kind, band and grade. */
export interface EventCount {
  kind: EventKind
  band: Band
  grade: Grade
  count: number
}

/**
 * Sums, counts and histograms of a trip, made at 10 Hz in the car.
 *
 * Mergeable: every field of the sum of two trips is the sum of the fields (`speedMaxMps` the maximum). Every driver
 * feature is a pure function of these. Times are seconds, distances metres, sums of squares in the square of the unit
 * times seconds.
 */
export interface TripStatistics {
  distanceM: number
  /** Distance driven while events could be graded A (calibrated, fix good, IMU present). */
  gradableM: number
  durationS: number
  movingS: number
  idleS: number
  stops: number
  speedMaxMps: number
  /** ∫v dt and ∫v² dt over the moving time. */
  speedSum: number
  speedSquareSum: number
  /** Seconds moving, by `speedBinsKmh`. */
  speedHistS: number[]
  /** Seconds moving with accelerations known. */
  imuS: number
  /** Seconds by `accelerationBinsG`. */
  aLongHistS: number[]
  aLatHistS: number[]
  /** ∫a² dt. */
  aLongSquareSum: number
  aLatSquareSum: number
  /** Seconds by `jerkBinsMps3` of the longitudinal jerk, and ∫j² dt. */
  jerkHistS: number[]
  jerkSquareSum: number
  /** Moving seconds by local hour of the day, 24 values (local by the device's configured time zone). */
  hourHistS: number[]
  weekendS: number
  /** Moving seconds in which speeding could be graded A (its limit is posted and sure, its fix good), and those above the limit by the log, coach and count band. */
  limitKnownS: number
  overLimitS: [number, number, number]
  /** Phone use while moving, seconds; with the seconds in which it could be observed. */
  phoneS: number
  phoneKnownS: number
  /** ∫risk dt of the live score over the scored seconds, and those seconds. Advice only, never priced. */
  riskSum: number
  riskS: number
  events: EventCount[]
}

/** Why a trip ended; null while it runs. */
export const tripEndReasons = ['still', 'ignition_off', 'recording_end', 'power_loss', 'shutdown'] as const
export type TripEndReason = (typeof tripEndReasons)[number]

/** A trip as the car sends it when it ends. */
export interface TripRecord {
  /** `TRP-…`, unique for a device. */
  id: string
  /** UTC epoch milliseconds. */
  startAt: number
  endAt: number
  endReason: TripEndReason
  startLat: number | null
  startLon: number | null
  endLat: number | null
  endLon: number | null
  /**
   * First and last sequence number of its telematics records in this boot, 0 where none is of it; what it has of earlier
   * boots (a power loss within the trip) is found by time.
   */
  firstSeq: number
  lastSeq: number
  /** Version hash of the thresholds that judged it. */
  thresholdsHash: string
  statistics: TripStatistics
}
