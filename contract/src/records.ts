import type { CrashRecord } from './crash.ts'
import type { DrivingEvent } from './driving-event.ts'
import type { TripRecord } from './trip.ts'

/** What a driver is told at once, and an admin sees as `safety_alert`. Goes in the `urgent` lane. */
export interface Alert {
  eventId: string
  tripId: string
  kind: DrivingEvent['kind']
  band: DrivingEvent['band']
  /** UTC epoch milliseconds. */
  at: number
  /** The judged quantity at the moment of the alert, in the unit of the event's peak. */
  value: number
  speedMps: number | null
  lat: number | null
  lon: number | null
}

/** A record of the `urgent` lane. */
export type UrgentRecord = { type: 'alert'; alert: Alert } | { type: 'crash'; crash: CrashRecord }

/** A record of the `trips` lane. A started trip is told at once, so that screens can show it. */
export type TripsRecord =
  | { type: 'trip_started'; tripId: string; startAt: number; lat: number | null; lon: number | null }
  | { type: 'event'; event: DrivingEvent }
  | { type: 'trip'; trip: TripRecord }

/** The application ack: only after it may the device delete. Everything up to `upTo` is committed or dead-lettered. */
export interface Ack {
  boot: number
  lane: string
  /** First sequence number where the ack is for a piece alone, as of `raw`; left out, it is for all up to `upTo`. */
  from?: number | undefined
  /** Last sequence number, inclusive. */
  upTo: number
  /** Batches among them that were dead-lettered, with the reason. */
  rejected: { firstSeq: number; lastSeq: number; reason: string }[]
}
