export const eventKinds = [
  'harsh_braking',
  'harsh_acceleration',
  'harsh_cornering',
  'harsh_lane_change',
  'speeding',
  'phone_use',
  'crash',
  'tamper',
] as const
export type EventKind = (typeof eventKinds)[number]

/** Bands by severity: kept in the log, told to the driver, counted in the price (grade A alone). */
export const bands = ['log', 'coach', 'count'] as const
export type Band = (typeof bands)[number]

/** Evidence grades; only A touches a price. */
export const grades = ['A', 'B', 'C'] as const
export type Grade = (typeof grades)[number]

/** Ten seconds on both sides of an event at 10 Hz, in columns of equal length; null is unknown. */
export interface EventTrace {
  /** Milliseconds relative to the event's start. */
  offsetMs: number[]
  /** Metres per second. */
  speedMps: (number | null)[]
  /** m/s², x forward and y left. */
  aLong: (number | null)[]
  aLat: (number | null)[]
  /** WGS84 degrees. */
  lat: (number | null)[]
  lon: (number | null)[]
}

/** One judged event of a trip, as the car stores and sends it. */
export interface DrivingEvent {
  /** `EVT-…`, unique for a device. */
  id: string
  tripId: string
  kind: EventKind
  /** UTC epoch milliseconds. */
  startAt: number
  endAt: number
  /** Largest magnitude of the judged quantity: m/s² for harsh events, m/s over the limit for speeding, s for phone use, s or m for tamper. */
  peak: number
  band: Band
  grade: Grade
  /** Why the grade is not A, empty for A: names of the failed rows of the grade table. */
  gradeReasons: string[]
  /** Position at the peak; null where unknown. */
  lat: number | null
  lon: number | null
  /** Speed at the start and the end, m/s; null where unknown. */
  startSpeedMps: number | null
  endSpeedMps: number | null
  limitKmh: number | null
  /** Null where no trace was kept (then the grade is B at best). */
  trace: EventTrace | null
}
