import type { Band, EventKind } from '@fairmile/contract/driving-event.ts'
import type { MotionSample } from '../motion.ts'

/** One motion sample with what all detectors need of it; a single object that is written anew for each sample. */
export interface Moment {
  sample: MotionSample
  /** Low-passed accelerations, m/s²; NaN where unknown or not calibrated. */
  aLong: number
  aLat: number
  aVert: number
  /** Milliseconds since the sample before, at most a gap. */
  stepMs: number
}

/** What an event needs to know of a crash that the full-rate samples showed. */
export interface CrashSeen {
  /** Milliseconds on the monotonic clock. */
  startMs: number
  endMs: number
  peakMps2: number
  deltaVMps: number
  saturated: boolean
  rateHz: number
}

/** An event while it happens. One object an event, kept by its detector until it is over. */
export interface Candidate {
  kind: EventKind
  /** Milliseconds on the monotonic clock: first and last sample of the event. */
  startMs: number
  endMs: number
  band: Band
  /** Largest magnitude of the judged quantity, with time, place and signed value. */
  peak: number
  lat: number
  lon: number
  startSpeedMps: number
  endSpeedMps: number
  limitKmh: number
  /** Least confidence in the limit while it was exceeded; NaN for kinds that ask for none. */
  limitConfidence: number
  /** Of a crash alone: what the full-rate samples showed. */
  crash?: CrashSeen
}

/** Where a detector tells what it sees. */
export interface CandidateSink {
  /** A band is reached for the first time in this event. */
  band(candidate: Candidate): void
  /** The event is over. */
  over(candidate: Candidate): void
}

/** One kind of event. `push` allocates only when an event begins. */
export interface Detector {
  push(moment: Moment): void
  /** Ends a running event: a gap in the data, or the end of a trip. */
  end(): void
}
