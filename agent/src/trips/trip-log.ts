import { createHash } from 'node:crypto'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import { eventId, tripId } from '@fairmile/contract/ids.ts'
import type { Alert } from '@fairmile/contract/records.ts'
import { quality } from '@fairmile/contract/telematics.ts'
import type { TripEndReason, TripRecord, TripStatistics } from '@fairmile/contract/trip.ts'
import type { CrashSeen } from '@fairmile/models/events/detector.ts'
import { createEventDetector, type JudgedEvent, type OnsetNotice } from '@fairmile/models/events/event-detector.ts'
import { type Thresholds, thresholdsHash } from '@fairmile/models/events/thresholds.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import { mergeStatistics } from '@fairmile/models/trips/merge-statistics.ts'
import { createStatistics } from '@fairmile/models/trips/statistics.ts'
import { createTripFinder, type TripPhase, type TripPoint } from '@fairmile/models/trips/trip.ts'
import { createEarlierTrip, recordOf } from './earlier-trip.ts'
import type { TripCheckpoint } from './trip-checkpoint.ts'

/** A running trip is kept so often: what a power cut costs of its sums, against a page of the card each time. */
const keepEveryMs = 20_000
/** Numbers of events that were judged late begin here, above all that one boot can judge in time. */
const firstLateNumber = 1_000_000_000
/** A trip that ended for these reasons may go on. */
const mayGoOn: readonly TripEndReason[] = ['ignition_off', 'shutdown']

/** The event that a crash became, and UTC minus the monotonic clock. */
export interface CrashPlace {
  eventId: string
  tripId: string
  utcOffsetMs: number
}

/** A trip that has begun, or goes on under the id that it had. */
export interface StartedTrip {
  tripId: string
  startAt: number
  lat: number | null
  lon: number | null
}

export interface TripLogOutput {
  tripStarted?(trip: StartedTrip): void
  alert?(alert: Alert): void
  event?(event: DrivingEvent, startTMs: number, endTMs: number): void
  /** Told again, with the same id and all its segments, where a trip went on after its end. `endTMs` is NaN for one of another boot. */
  trip?(trip: TripRecord, endTMs: number): void
  /** What is to be kept across boots of the newest trip; null for nothing. */
  keepTrip?(trip: TripCheckpoint | null): void
}

export interface TripLogOptions {
  device: string
  boot: number
  thresholds: Thresholds
  timeZone: string
  /** The number that the next telematics record will get. */
  nextSeq: () => number
  /** What an earlier boot kept of its last trip. */
  savedTrip?: TripCheckpoint
  output: TripLogOutput
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const known = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** Finds trips, judges events within them, and keeps their statistics. */
export const createTripLog = (options: TripLogOptions) => {
  const { device, boot, thresholds, nextSeq, output } = options
  const hash = thresholdsHash(thresholds, sha256)
  const statistics = createStatistics({ thresholds, timeZone: options.timeZone })
  let trips = 0
  let id: string | null = null
  let newId = ''
  let phase: TripPhase = 'parked'
  let firstSeq = 0
  let lastSeq = 0
  /** The segments before this one. */
  let before: TripCheckpoint | null = null
  let startPoint: TripPoint | null = null
  let keptMs = Number.NEGATIVE_INFINITY
  /** Events of a start that is not sure yet. */
  let early: JudgedEvent[] = []
  let newest: MotionSample | null = null
  const counts = { eventsOutsideTrips: 0, joined: 0, late: 0 }
  let crashPlace: CrashPlace | null = null

  const sum = (): TripStatistics =>
    before === null ? statistics.result() : mergeStatistics(before.statistics, statistics.result())

  /** When the trip began, whose segment of this boot begins there, by what the clock says now. */
  const startedAt = (start: TripPoint, utcOffsetMs: number): number => {
    if (before === null) return Math.round(start.tMs + utcOffsetMs)
    return before.boot === boot && before.startTMs !== null ? Math.round(before.startTMs + utcOffsetMs) : before.startAt
  }

  /**
   * The trip from its start to a last motion. The clock may have been set on the way, between its segments too: both ends by what it says now, and a
   * trip that went on in a later boot whose clock is behind began no later than its seconds before its end.
   */
  const soFar = (start: TripPoint, end: TripPoint): Omit<TripCheckpoint, 'endReason'> => {
    const utcOffsetMs = newest === null ? Number.NaN : newest.atMs - newest.tMs
    const driven = sum()
    const endAt = Math.round(end.tMs + utcOffsetMs)
    const began = startedAt(start, utcOffsetMs)
    const startAt = before === null ? began : Math.min(began, endAt - Math.ceil(driven.durationS * 1000))
    return {
      id: id ?? '',
      boot,
      startTMs: before === null ? start.tMs : before.boot === boot ? before.startTMs : null,
      startAt,
      endAt: Math.max(startAt, endAt),
      startLat: before === null ? known(start.lat) : before.startLat,
      startLon: before === null ? known(start.lon) : before.startLon,
      endLat: known(end.lat),
      endLon: known(end.lon),
      firstSeq,
      lastSeq: Math.max(firstSeq, lastSeq),
      thresholdsHash: hash,
      statistics: driven,
    }
  }

  const keep = (): void => {
    if (newest === null || startPoint === null || phase !== 'driving') return
    keptMs = newest.tMs
    output.keepTrip?.({ ...soFar(startPoint, newest), endReason: null })
  }

  const give = (event: JudgedEvent): void => {
    // A parked car may be hit too: that belongs to the trip that brought it there.
    if (id === null && event.kind !== 'crash') {
      counts.eventsOutsideTrips++
      return
    }
    const { n, startTMs, endTMs, ...judged } = event
    if (id !== null) statistics.addEvent(judged)
    output.event?.({ id: eventId(device, boot, n), tripId: id ?? lastTripId(), ...judged }, startTMs, endTMs)
    keep()
  }

  const lastTripId = (): string => tripId(device, boot, trips)

  const onset = (notice: OnsetNotice): void => {
    const isCrash = notice.kind === 'crash'
    // Also of a start that is not sure yet: who moves off hard is told at once, not when the trip is.
    if (id === null && !isCrash) return
    const place = { eventId: eventId(device, boot, notice.n), tripId: id ?? lastTripId() }
    if (isCrash) crashPlace = { ...place, utcOffsetMs: notice.atMs - notice.tMs }
    output.alert?.({
      ...place,
      kind: notice.kind,
      band: notice.band,
      at: Math.round(notice.atMs),
      value: notice.value,
      speedMps: known(notice.speedMps),
      lat: known(notice.lat),
      lon: known(notice.lon),
    })
  }

  const detector = createEventDetector({
    thresholds,
    sink: {
      onset,
      event: (event) => {
        if (phase === 'driving' || event.kind === 'crash') give(event)
        else early.push(event)
      },
    },
  })

  const clockSet = (): boolean => newest !== null && (newest.quality & quality.clockUnset) === 0

  const earlier = createEarlierTrip({
    saved: options.savedTrip ?? null,
    close: (trip) => output.trip?.(trip, Number.NaN),
    forget: () => output.keepTrip?.(null),
  })

  /** A start that is not sure yet is told of under the id that it will have. */
  const begin = (first: TripPoint): void => {
    newId = tripId(device, boot, ++trips)
    id = earlier.find(first, clockSet())?.id ?? newId
    firstSeq = nextSeq()
  }

  const started = (start: TripPoint): void => {
    phase = 'driving'
    if (id === null) begin(start)
    startPoint = start
    before = earlier.join(start, clockSet())
    id = before?.id ?? newId
    if (before !== null) counts.joined++
    if (before?.boot === boot) firstSeq = before.firstSeq
    const startAt = startedAt(start, start.atMs - start.tMs)
    const [lat, lon] = before === null ? [known(start.lat), known(start.lon)] : [before.startLat, before.startLon]
    output.tripStarted?.({ tripId: id, startAt, lat, lon })
    for (const event of early) give(event)
    early = []
    keep()
  }

  const ended = (start: TripPoint, end: TripPoint, reason: TripEndReason): void => {
    detector.flush()
    if (id === null || newest === null) return
    const last: TripCheckpoint = { ...soFar(start, end), endReason: reason }
    try {
      output.trip?.({ ...recordOf(last), endReason: reason }, end.tMs)
    } finally {
      if (mayGoOn.includes(reason)) earlier.hold(last, end.tMs)
      output.keepTrip?.(mayGoOn.includes(reason) ? last : null)
      park()
    }
  }

  const finder = createTripFinder({ sink: { started, ended } })

  const park = (): void => {
    phase = 'parked'
    id = null
    before = null
    startPoint = null
    early = []
    statistics.reset()
  }

  return {
    counts,
    get phase(): TripPhase {
      return phase
    },
    /** Null between trips, and while a start is not sure yet. */
    get tripId(): string | null {
      return phase === 'driving' ? id : null
    },
    get distanceM(): number {
      return phase === 'driving' ? (before?.statistics.distanceM ?? 0) + statistics.distanceM : 0
    },
    /** Mean live risk of the running trip, 0 to 100; NaN where there is none. */
    get meanRisk(): number {
      if (phase !== 'driving') return Number.NaN
      const { riskSum, riskS } = statistics.risk
      const sums = before?.statistics
      return (riskSum + (sums?.riskSum ?? 0)) / (riskS + (sums?.riskS ?? 0))
    },
    /** Takes a motion sample with the live risk (NaN where there is none). */
    push(sample: MotionSample, ignition: boolean | null, liveRisk: number): void {
      newest = sample
      const wasParked = phase === 'parked'
      detector.push(sample)
      const now = finder.push(sample, ignition)
      if (now === 'parked') {
        if (!wasParked && phase !== 'parked') park()
        earlier.expire(sample, clockSet())
        return
      }
      if (id === null) begin(sample)
      phase = now
      statistics.push(sample, liveRisk)
      if (sample.tMs - keptMs >= keepEveryMs) keep()
    },
    /** Counts an event of the running trip that was found elsewhere. */
    add(event: DrivingEvent): void {
      statistics.addEvent(event)
    },
    /** Takes an event of this trip that was judged after its time, with a number of its own. */
    late(event: JudgedEvent): void {
      counts.late++
      const numbered = { ...event, n: firstLateNumber + counts.late }
      const from = phase === 'driving' ? (startPoint?.tMs ?? Number.NaN) : Number.NaN
      if (event.endTMs >= from) give(numbered)
      else if (phase === 'starting') early.push(numbered)
      else counts.eventsOutsideTrips++
    },
    /** Tells the time where no sample may come any more: ends a trip that is still. */
    tick(tMs: number): void {
      finder.tick(tMs)
      const nowhere = { lat: Number.NaN, lon: Number.NaN, atMs: Number.NaN }
      if (phase === 'parked') earlier.expire({ ...nowhere, tMs }, false)
    },
    /** Makes an event of a crash at once, in a trip or not; null before the first motion sample. */
    crash(crash: CrashSeen): CrashPlace | null {
      crashPlace = null
      detector.crash(crash)
      return crashPlace
    },
    /** Takes the whole of the crash told last. */
    crashOver: detector.crashOver,
    /** Takes back what accelerations told of this time. */
    withdraw: detector.withdraw,
    /** Tells that a telematics record with this number was stored; the last one in motion ends the trip. */
    stored(seq: number, moving: boolean): void {
      if (phase !== 'parked' && moving) lastSeq = seq
    },
    /** Ends a running trip at its last motion. */
    end(reason: TripEndReason): void {
      finder.end(reason)
      if (phase !== 'parked') park()
    },
  }
}
