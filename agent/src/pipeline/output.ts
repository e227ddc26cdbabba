import type { CrashRecord } from '@fairmile/contract/crash.ts'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { LiveState } from '@fairmile/contract/live.ts'
import type { Alert } from '@fairmile/contract/records.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Calibration } from '../motion/calibration.ts'
import type { SecondSummary } from '../motion/second.ts'
import type { BoardState } from '../sensors.ts'
import type { OdometerKept } from '../tamper/odometer-watch.ts'
import type { TripCheckpoint } from '../trips/trip-checkpoint.ts'
import type { StartedTrip } from '../trips/trip-log.ts'

/** The newest live score, once a second. */
export interface LiveScoreTold {
  tMs: number
  atMs: number
  /** 0 (safest) to 100. */
  risk: number
}

/** What a pipeline tells; every part is optional. Calls come in the order of time. */
export interface PipelineOutput {
  motion?(sample: MotionSample): void
  board?(state: BoardState): void
  score?(score: LiveScoreTold): void
  alert?(alert: Alert): void
  /** What the IMU said around a crash, in the order of worth: the first right behind its alert. */
  crash?(records: readonly CrashRecord[]): void
  /** With its start and end on the monotonic clock, milliseconds. */
  event?(event: DrivingEvent, startTMs: number, endTMs: number): void
  tripStarted?(trip: StartedTrip): void
  trip?(trip: TripRecord, endTMs: number): void
  /** What is to be kept across boots of the newest trip; null for nothing. */
  keepTrip?(trip: TripCheckpoint | null): void
  /** The odometer is worth keeping across boots. */
  keepOdometer?(kept: OdometerKept): void
  /** Called before `nextSeq` is asked for the next. */
  telematics?(summary: SecondSummary): void
  /** Whenever confidence has changed by a hundredth: worth keeping across boots. */
  calibration?(calibration: Calibration): void
  live?(state: LiveState): void
  /** What goes wrong inside, once each; it goes on. */
  trouble?(message: string): void
}
