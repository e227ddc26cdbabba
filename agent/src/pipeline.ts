import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { LiveState } from '@fairmile/contract/live.ts'
import type { Alert } from '@fairmile/contract/records.ts'
import { quality } from '@fairmile/contract/telematics.ts'
import type { TripEndReason, TripRecord } from '@fairmile/contract/trip.ts'
import type { Thresholds } from '@fairmile/models/events/thresholds.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Scorer } from '@fairmile/models/scoring/scorer.ts'
import { tripRules } from '@fairmile/models/trips/trip.ts'
import type { MountAngles } from './motion/axes.ts'
import { createFuse, defaultSensorFacts, type SensorFacts } from './motion/fuse.ts'
import type { Calibration } from './motion/mount.ts'
import { createSecond, type SecondSummary } from './motion/second.ts'
import { createLiveScore, maxRows } from './scoring/live-score.ts'
import type { BoardState, Fix, LimitAt, PostedLimit } from './sensors.ts'
import { createTripLog, type StartedTrip } from './trips/trip-log.ts'

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
  score?(score: LiveScoreTold): void
  alert?(alert: Alert): void
  /** With its start and end on the monotonic clock, milliseconds. */
  event?(event: DrivingEvent, startTMs: number, endTMs: number): void
  tripStarted?(trip: StartedTrip): void
  trip?(trip: TripRecord, endTMs: number): void
  /** Called before `nextSeq` is asked for the next. */
  telematics?(summary: SecondSummary): void
  /** Whenever confidence has changed by a hundredth: worth keeping across boots. */
  calibration?(calibration: Calibration): void
  live?(state: LiveState): void
  /** What goes wrong inside, once each; it goes on. */
  trouble?(message: string): void
}

export interface PipelineOptions {
  device: string
  boot: number
  thresholds: Thresholds
  /** Null where there is no model: everything else goes on without a live risk. */
  scorer: Scorer | null
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
  /** Looks up posted limits; without it they are unknown. */
  limitAt?: LimitAt
}

/** Motion samples that may wait for a slow model: a minute. The oldest then go on without a score. */
const maxWaiting = 600
/** A parked car that is still: one summary a minute instead of one a second. */
const parkedSummaryMs = 60_000
/** Seconds at full pace around motion without a trip. */
const awakeMs = 60_000
/** GNSS time by a serial line comes late by more or less: the earliest arrival is nearest the truth. */
const clockSlackMs = 1000

/** Everything between the sensors and the outbox, with no I/O of its own: motion, score, events, trips, summaries. */
export const createPipeline = (options: PipelineOptions) => {
  const { output, scorer } = options
  const counts = { unscored: 0, failures: 0 }
  let ignition: boolean | null = null
  let limit: PostedLimit | null = null
  let utcOffsetMs = Number.NaN
  let wallOffsetMs = Number.NaN
  let risk = Number.NaN
  let confidence = -1
  let lastSummaryMs = Number.NEGATIVE_INFINITY
  let lastMotionMs = Number.NEGATIVE_INFINITY
  let lastLiveMs = Number.NEGATIVE_INFINITY
  let liveEvent: LiveState['event'] = null
  let newest: MotionSample | null = null
  let toldTripId: string | null = null
  let toldFailure = false

  const waiting: MotionSample[] = []
  let pumping: Promise<void> | null = null
  const scoring = scorer === null ? null : createLiveScore(scorer)

  const trips = createTripLog({
    device: options.device,
    boot: options.boot,
    thresholds: options.thresholds,
    timeZone: options.timeZone,
    nextSeq: options.nextSeq,
    output: {
      tripStarted: (trip) => output.tripStarted?.(trip),
      alert: (alert) => {
        output.alert?.(alert)
        liveEvent = { id: alert.eventId, kind: alert.kind, band: alert.band, grade: null, peak: alert.value }
        tellLive()
      },
      event: (event, startTMs, endTMs) => {
        const { id, kind, band, grade, peak } = event
        liveEvent = { id, kind, band, grade, peak }
        output.event?.(event, startTMs, endTMs)
      },
      trip: (trip, endTMs) => {
        second.flush()
        output.trip?.(trip, endTMs)
      },
    },
  })

  const second = createSecond((summary, tMs) => {
    const moving = (summary.speedMps ?? 0) >= tripRules.standingMps
    if (moving) lastMotionMs = tMs
    const awake = trips.phase !== 'parked' || tMs - lastMotionMs < awakeMs
    if (!awake && tMs - lastSummaryMs < parkedSummaryMs) return
    lastSummaryMs = tMs
    const seq = options.nextSeq()
    output.telematics?.(summary)
    trips.stored(seq, moving || summary.speedMps === null)
  })

  /** Rounded to what a screen can show: most of a live message is digits. */
  const known = (value: number, digits: number): number | null =>
    Number.isNaN(value) ? null : Math.round(value * 10 ** digits) / 10 ** digits

  const tellLive = (laterMs = 0): void => {
    if (newest === null || output.live === undefined) return
    lastLiveMs = newest.tMs
    toldTripId = trips.tripId
    output.live({
      at: Math.round(newest.atMs) + laterMs,
      tripId: toldTripId,
      lat: known(newest.lat, 6),
      lon: known(newest.lon, 6),
      speedMps: known(newest.speedMps, 2),
      headingDeg: known(newest.headingDeg, 1),
      limitKmh: known(newest.limitKmh, 0),
      aLong: known(newest.aLong, 2),
      aLat: known(newest.aLat, 2),
      liveRisk: known(risk, 1),
      tripDistanceM: Math.round(trips.distanceM),
      calibrationConfidence: known(fuse.calibration.confidence, 2) ?? 0,
      event: liveEvent,
    })
    liveEvent = null
  }

  const fail = (error: unknown): void => {
    if (++counts.failures === 1) output.trouble?.(`judging what was sensed failed, going on: ${error}`)
  }

  const judge = (sample: MotionSample, sampleRisk: number): void => {
    newest = sample
    if (!Number.isNaN(sampleRisk)) risk = sampleRisk
    else if ((sample.quality & quality.noImu) !== 0) risk = Number.NaN
    output.motion?.(sample)
    trips.push(sample, ignition, sampleRisk)
    second.push(sample, sampleRisk)
    if (sample.tMs - lastLiveMs < 1000) return
    tellLive()
    lastLiveMs = sample.tMs
    if (!Number.isNaN(sampleRisk)) output.score?.({ tMs: sample.tMs, atMs: sample.atMs, risk: sampleRisk })
    const now = fuse.calibration
    if (Math.abs(now.confidence - confidence) < 0.01) return
    confidence = now.confidence
    output.calibration?.(now)
  }

  const process = (sample: MotionSample, sampleRisk: number): void => {
    try {
      judge(sample, sampleRisk)
    } catch (error) {
      fail(error)
    }
  }

  const pump = async (live: NonNullable<typeof scoring>): Promise<void> => {
    while (waiting.length > 0) {
      const samples = waiting.splice(0, maxRows)
      const risks = await live.score(samples).catch(fail)
      for (let i = 0; i < samples.length; i++) process(samples[i]!, risks?.[i] ?? Number.NaN)
      if (scorer !== null && scorer.failures > 0 && !toldFailure) {
        toldFailure = true
        output.trouble?.(`the live score fails and is carried on from the last good one: ${scorer.lastFailure}`)
      }
    }
    pumping = null
  }

  const onMotion = (sample: MotionSample): void => {
    const unset = Number.isNaN(utcOffsetMs)
    sample.atMs = sample.tMs + (unset ? wallOffset(sample.tMs) : utcOffsetMs)
    if (unset) sample.quality |= quality.clockUnset
    if (limit !== null && (sample.quality & (quality.noFix | quality.bridged)) === 0) {
      sample.limitKmh = limit.limitKmh
      sample.limitConfidence = limit.confidence
    }
    if (scoring === null) {
      process(sample, Number.NaN)
      return
    }
    waiting.push(sample)
    if (waiting.length > maxWaiting) {
      counts.unscored++
      process(waiting.shift() as MotionSample, Number.NaN)
    }
    pumping ??= pump(scoring)
  }

  /** Taken once, so that steps of the computer's clock do not show in the records of one boot. */
  const wallOffset = (tMs: number): number => {
    if (Number.isNaN(wallOffsetMs)) wallOffsetMs = options.wallMs() - tMs
    return wallOffsetMs
  }

  const setClock = (fix: Fix): void => {
    if (fix.utcMs === null || fix.lat === null) return
    const offset = fix.utcMs - fix.tMs
    const step = offset - utcOffsetMs
    // Slow drift of the monotonic clock is followed downwards, an earlier arrival at once.
    if (Math.abs(step) < clockSlackMs) utcOffsetMs += step > 0 ? step : step * 0.01
    else utcOffsetMs = offset
  }

  const fuse = createFuse({
    sensors: { ...defaultSensorFacts, ...options.sensors },
    onMotion,
    ...(options.mount && { mount: options.mount }),
    ...(options.savedCalibration && { savedCalibration: options.savedCalibration }),
  })

  /** Resolves when all motion so far has been scored and judged. */
  const settled = async (): Promise<void> => {
    while (pumping !== null) await pumping
  }

  const end = async (reason: TripEndReason): Promise<void> => {
    await settled()
    try {
      second.flush()
      trips.end(reason)
      second.flush()
    } finally {
      // No sample may come to tell that the car is parked, and screens leave out what is not newer.
      if (toldTripId !== null) tellLive(1)
    }
  }

  return {
    fix(fix: Fix): void {
      setClock(fix)
      limit = options.limitAt?.(fix) ?? null
      fuse.fix(fix)
    },
    imu: fuse.imu,
    board(state: BoardState): void {
      if (state.ignition === null) return
      const switchedOff = ignition === true && !state.ignition
      ignition = state.ignition
      // At once: sensors that lose their power with the ignition send no further sample to end the trip by.
      if (switchedOff) end('ignition_off').catch(fail)
    },
    settled,
    get calibration(): Calibration {
      return fuse.calibration
    },
    /** What was dropped or could not be scored so far. */
    get counts() {
      return { ...counts, ...fuse.counts, ...trips.counts, scorerFailures: scorer?.failures ?? 0 }
    },
    /** Ends a running trip, with all that is known of it. */
    end,
  }
}

export type Pipeline = ReturnType<typeof createPipeline>
