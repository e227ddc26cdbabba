import type { Band, EventKind, Grade } from './driving-event.ts'

/** Newest state of a device, on the `live` topic (JSON, QoS 0, about once a second; alerts at once). */
export interface LiveState {
  /** UTC epoch milliseconds. */
  at: number
  tripId: string | null
  lat: number | null
  lon: number | null
  speedMps: number | null
  headingDeg: number | null
  limitKmh: number | null
  /** Newest accelerations in m/s², x forward and y left. */
  aLong: number | null
  aLat: number | null
  /** 0 (safest) to 100. */
  liveRisk: number | null
  /** The running trip so far. */
  tripDistanceM: number
  calibrationConfidence: number
  event: { id: string; kind: EventKind; band: Band; grade: Grade | null; peak: number } | null
}

/** What travels on the WebSocket `/api/v1/live`, server to client. */
export type LiveMessage =
  | { type: 'driving_update'; driverId: string; deviceId: string; state: LiveState }
  | {
      type: 'safety_alert'
      driverId: string
      deviceId: string
      at: number
      kind: EventKind
      band: Band
      value: number
      eventId: string
      tripId: string
    }
  | {
      type: 'risk_score_update'
      driverId: string
      at: number
      risk: number
      intervalHalfWidth: number
      tripId: string | null
    }
  | {
      type: 'pricing_update'
      driverId: string
      at: number
      receiptId: string
      premiumMinor: number
      currency: string
      discountPpm: number
    }
