import { quality } from '@fairmile/contract/telematics.ts'
import type { TripEndReason } from '@fairmile/contract/trip.ts'
import type { TamperNotice } from '@fairmile/models/events/tamper.ts'
import type { Thresholds } from '@fairmile/models/events/thresholds.ts'
import type { LiveCauses } from '@fairmile/models/explain/live-causes.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Scorer } from '@fairmile/models/scoring/scorer.ts'
import { createCrashWatch } from './crash/watch.ts'
import type { MountAngles } from './motion/axes.ts'
import type { Calibration } from './motion/calibration.ts'
import { createFuse, defaultSensorFacts, type SensorFacts } from './motion/fuse.ts'
import { createLateJudge } from './pipeline/late-judge.ts'
import { createLiveTeller } from './pipeline/live-teller.ts'
import { createMotionQueue } from './pipeline/motion-queue.ts'
import type { PipelineOutput } from './pipeline/output.ts'
import { createPhoneWatch } from './pipeline/phone-watch.ts'
import { createRecordClock } from './pipeline/record-clock.ts'
import { createSummaries } from './pipeline/summaries.ts'
import { createPlausibility } from './plausibility/plausibility.ts'
import type { BoardState, Fix, ImuSample, LimitAt, PhoneState, PostedLimit } from './sensors.ts'
import type { OdometerKept } from './tamper/odometer-watch.ts'
import { createTamperWatch } from './tamper/tamper-watch.ts'
import { createTamperLog } from './trips/tamper-log.ts'
import type { TripCheckpoint } from './trips/trip-checkpoint.ts'
import { createTripLog, type TripLogOutput } from './trips/trip-log.ts'

export interface PipelineOptions {
  device: string
  boot: number
  thresholds: Thresholds
  /** Null where there is no model: everything else goes on without a live risk. */
  scorer: Scorer | null
  /** Explains the live risk; without it there are no causes. */
  causes?: LiveCauses | undefined
  output: PipelineOutput
  /** IANA name, for the hours of the day in trip statistics. */
  timeZone: string
  /** The number that the next telematics record will get. */
  nextSeq: () => number
  /** UTC epoch milliseconds by the computer's clock: stands in until GNSS tells the time. */
  wallMs: () => number
  /** @default an MPU-6050: gyro, gravity included, ±16 g */
  sensors?: Partial<SensorFacts>
  /** How the device sits in the vehicle, where that was measured. */
  mount?: MountAngles
  /** From an earlier run. */
  savedCalibration?: Calibration
  /** What an earlier boot kept of its last trip. */
  savedTrip?: TripCheckpoint
  /** What the odometer was when the device was last on. */
  savedOdometer?: OdometerKept
  /** Signs of interference that were found at the start. */
  tampers?: readonly TamperNotice[]
  /** Looks up posted limits; without it they are unknown. */
  limitAt?: LimitAt
}

/** Where the model gives no score the last good one is held so long: a window's length, after which nothing it was made of is left. */
const holdRiskMs = 10_000

/** Everything between the sensors and the outbox, with no I/O of its own: motion, score, events, trips, summaries. */
export const createPipeline = (options: PipelineOptions) => {
  const { output, scorer } = options
  let failures = 0
  let ignition: boolean | null = null
  let limit: PostedLimit | null = null
  let risk = Number.NaN
  let scoredMs = Number.NEGATIVE_INFINITY
  let toldConfidence = -1

  const fail = (error: unknown): void => {
    if (++failures === 1) output.trouble?.(`judging what was sensed failed, going on: ${error}`)
  }

  const clock = createRecordClock(options)
  const phone = createPhoneWatch()
  const sensors = { ...defaultSensorFacts, ...options.sensors }
  const plausibility = createPlausibility({
    gravityIncluded: sensors.gravityIncluded,
    calibration: () => fuse.calibration,
    trouble: (message) => output.trouble?.(message),
  })
  const live = createLiveTeller({
    facts: () => ({
      tripId: trips.tripId,
      tripDistanceM: trips.distanceM,
      calibrationConfidence: fuse.calibration.confidence,
      risk,
      tripRisk: trips.meanRisk,
      causes: options.causes?.top() ?? [],
    }),
    tell: (state) => output.live?.(state),
  })
  const tampers = createTamperLog({
    ...options,
    rules: options.thresholds.tamper,
    tripId: () => trips.tripId,
    alert: (alert) => tripOutput.alert?.(alert),
    event(event, tMs) {
      trips.add(event)
      tripOutput.event?.(event, tMs, tMs)
    },
  })
  const tamper = createTamperWatch({
    rules: options.thresholds.tamper,
    savedOdometer: options.savedOdometer ?? null,
    keepOdometer: (kept) => output.keepOdometer?.(kept),
    tell: tampers.tell,
  })
  const tripOutput: TripLogOutput = {
    keepTrip: (trip) => output.keepTrip?.(trip),
    tripStarted(trip) {
      output.tripStarted?.(trip)
      tampers.tripStarted(trip.tripId)
    },
    alert(alert) {
      output.alert?.(alert)
      live.event({ id: alert.eventId, kind: alert.kind, band: alert.band, grade: null, peak: alert.value }, true)
    },
    event(event, startTMs, endTMs) {
      const { id, kind, band, grade, peak } = event
      live.event({ id, kind, band, grade, peak }, false)
      output.event?.(event, startTMs, endTMs)
    },
    trip(trip, endTMs) {
      summaries.flush()
      output.trip?.(trip, endTMs)
    },
  }
  const trips = createTripLog({ ...options, output: tripOutput })
  for (const notice of options.tampers ?? []) tampers.tell(notice)
  const summaries = createSummaries({
    parked: () => trips.phase === 'parked',
    tell(summary, moving) {
      const seq = options.nextSeq()
      output.telematics?.(summary)
      trips.stored(seq, moving)
    },
  })

  const tellSecond = (sample: MotionSample, sampleRisk: number): void => {
    if (!Number.isNaN(sampleRisk)) output.score?.({ tMs: sample.tMs, atMs: sample.atMs, risk: sampleRisk })
    const { calibration } = fuse
    if (Math.abs(calibration.confidence - toldConfidence) < 0.01) return
    toldConfidence = calibration.confidence
    output.calibration?.(calibration)
  }

  const judge = (sample: MotionSample, sampleRisk: number): void => {
    try {
      const held = (sample.quality & quality.riskHeld) !== 0
      if (!Number.isNaN(sampleRisk)) {
        risk = sampleRisk
        scoredMs = sample.tMs
      } else if (held ? sample.tMs - scoredMs > holdRiskMs : (sample.quality & quality.noImu) !== 0) risk = Number.NaN
      live.motion(sample)
      output.motion?.(sample)
      trips.push(sample, ignition, sampleRisk)
      tamper.motion(sample)
      late?.motion(sample)
      summaries.push(sample, held ? risk : sampleRisk)
      if (live.due()) tellSecond(sample, sampleRisk)
    } catch (error) {
      fail(error)
    }
  }

  const crashes = createCrashWatch({
    threshold: options.thresholds.crash,
    rangeMps2: sensors.rangeMps2,
    calibration: () => fuse.calibration,
    crash: trips.crash,
    over: trips.crashOver,
    records: (records) => output.crash?.(records),
    trouble: (message) => output.trouble?.(message),
  })
  const queue = createMotionQueue({
    scorer,
    causes: options.causes,
    judge,
    failed: fail,
    trouble: (message) => output.trouble?.(message),
  })
  const late = options.mount
    ? null
    : createLateJudge({
        sensors,
        thresholds: options.thresholds,
        calibration: () => fuse.calibration,
        gyroBias: () => fuse.gyroBias,
        stamp: clock.stamp,
        event: trips.late,
      })
  const fuse = createFuse({
    sensors,
    onMotion(sample) {
      clock.stamp(sample)
      plausibility.motion(sample)
      crashes.speed(sample.tMs, sample.speedMps)
      // How well the accelerations show the driving is unknown then: nothing is graded or added up by them.
      if (crashes.shaken(sample.tMs)) sample.sigmaG = Number.NaN
      phone.stamp(sample)
      if (limit !== null && (sample.quality & (quality.noFix | quality.bridged)) === 0) {
        sample.limitKmh = limit.limitKmh
        sample.limitConfidence = limit.confidence
      }
      queue.push(sample)
    },
    onMountMoved(tMs, fromMs) {
      trips.withdraw(fromMs, tMs)
      tamper.mountMoved()
    },
    onMountReturned(tMs, fromMs) {
      trips.withdraw(fromMs, tMs)
      late?.forget()
    },
    ...(options.mount && { mount: options.mount }),
    ...(options.savedCalibration && { savedCalibration: options.savedCalibration }),
  })

  const end = async (reason: TripEndReason): Promise<void> => {
    await queue.settled()
    try {
      late?.end()
      // With the ignition off the IMU may still tell what comes after a crash.
      if (reason !== 'ignition_off') crashes.end()
      summaries.flush()
      trips.end(reason)
      summaries.flush()
    } finally {
      live.ended()
    }
  }

  return {
    fix(fix: Fix): void {
      if (!plausibility.fix(fix)) return
      clock.fix(fix)
      limit = options.limitAt?.(fix) ?? null
      late?.fix(fix)
      fuse.fix(fix)
    },
    imu(sample: ImuSample): void {
      try {
        crashes.imu(sample)
      } catch (error) {
        fail(error)
      }
      if (!plausibility.imu(sample)) return
      late?.imu(sample)
      fuse.imu(sample)
    },
    board(state: BoardState): void {
      tamper.board(state)
      output.board?.(state)
      if (state.ignition === null) return
      const switchedOff = ignition === true && !state.ignition
      ignition = state.ignition
      // At once: sensors that lose their power with the ignition send no further sample to end the trip by.
      if (switchedOff) end('ignition_off').catch(fail)
    },
    /** What a paired phone says; without it phone use is unknown. */
    phone(state: PhoneState): void {
      phone.tell(state)
    },
    /** Tells the time, milliseconds on the monotonic clock: a car whose sensors are silent has parked too. */
    async tick(tMs: number): Promise<void> {
      await queue.settled()
      const driving = trips.tripId !== null
      try {
        trips.tick(tMs)
      } catch (error) {
        fail(error)
      }
      if (driving && trips.tripId === null) live.ended()
    },
    /** Resolves when all motion so far has been scored and judged. */
    settled: queue.settled,
    get calibration(): Calibration {
      return fuse.calibration
    },
    /** What was dropped or could not be scored so far. */
    get counts() {
      const implausible = { ...plausibility.counts }
      const crash = { ...crashes.counts }
      const scorerFailures = scorer?.failures ?? 0
      const parts = { ...fuse.counts, ...trips.counts, ...tampers.counts, ...late?.counts }
      return { ...queue.counts, failures, ...parts, scorerFailures, implausible, crash }
    },
    /** Ends a running trip, with all that is known of it. */
    end,
  }
}

export type Pipeline = ReturnType<typeof createPipeline>
