import { createHash } from 'node:crypto'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import { eventId, tripId } from '@fairmile/contract/ids.ts'
import type { Alert } from '@fairmile/contract/records.ts'
import type { TripEndReason, TripRecord } from '@fairmile/contract/trip.ts'
import { createEventDetector, type JudgedEvent, type OnsetNotice } from '@fairmile/models/events/event-detector.ts'
import { type Thresholds, thresholdsHash } from '@fairmile/models/events/thresholds.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import { createStatistics } from '@fairmile/models/trips/statistics.ts'
import { createTripFinder, type TripPhase, type TripPoint } from '@fairmile/models/trips/trip.ts'

/** A trip that has begun. */
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
  trip?(trip: TripRecord, endTMs: number): void
}

export interface TripLogOptions {
  device: string
  boot: number
  thresholds: Thresholds
  timeZone: string
  /** The number that the next telematics record will get. */
  nextSeq: () => number
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
  let phase: TripPhase = 'parked'
  let firstSeq = 0
  let lastSeq = 0
  /** Events of a start that is not sure yet. */
  let early: JudgedEvent[] = []
  let newest: MotionSample | null = null
  const counts = { eventsOutsideTrips: 0 }

  const give = (event: JudgedEvent): void => {
    if (id === null) {
      counts.eventsOutsideTrips++
      return
    }
    const { n, startTMs, endTMs, ...judged } = event
    statistics.addEvent(judged)
    output.event?.({ id: eventId(device, boot, n), tripId: id, ...judged }, startTMs, endTMs)
  }

  const onset = (notice: OnsetNotice): void => {
    // Also of a start that is not sure yet: who moves off hard is told at once, not when the trip is.
    if (id === null) return
    output.alert?.({
      eventId: eventId(device, boot, notice.n),
      tripId: id,
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
        if (phase === 'driving') give(event)
        else early.push(event)
      },
    },
  })

  const started = (start: TripPoint): void => {
    phase = 'driving'
    if (id === null) return
    output.tripStarted?.({ tripId: id, startAt: Math.round(start.atMs), lat: known(start.lat), lon: known(start.lon) })
    for (const event of early) give(event)
    early = []
  }

  const ended = (start: TripPoint, end: TripPoint, reason: TripEndReason): void => {
    detector.flush()
    if (id === null || newest === null) return
    // The clock may have been set on the way: both ends by what it says now.
    const utcOffsetMs = newest.atMs - newest.tMs
    const trip: TripRecord = {
      id,
      startAt: Math.round(start.tMs + utcOffsetMs),
      endAt: Math.round(end.tMs + utcOffsetMs),
      endReason: reason,
      startLat: known(start.lat),
      startLon: known(start.lon),
      endLat: known(end.lat),
      endLon: known(end.lon),
      firstSeq,
      lastSeq: Math.max(firstSeq, lastSeq),
      thresholdsHash: hash,
      statistics: statistics.result(),
    }
    try {
      output.trip?.(trip, end.tMs)
    } finally {
      park()
    }
  }

  const finder = createTripFinder({ sink: { started, ended } })

  const park = (): void => {
    phase = 'parked'
    id = null
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
      return phase === 'driving' ? statistics.distanceM : 0
    },
    /** Takes a motion sample with the live risk (NaN where there is none). */
    push(sample: MotionSample, ignition: boolean | null, liveRisk: number): void {
      newest = sample
      const before = phase
      detector.push(sample)
      const now = finder.push(sample, ignition)
      if (now === 'parked') {
        if (before !== 'parked' && phase !== 'parked') park()
        return
      }
      if (id === null) {
        id = tripId(device, boot, ++trips)
        firstSeq = nextSeq()
      }
      phase = now
      statistics.push(sample, liveRisk)
    },
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
