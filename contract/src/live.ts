import type { Band, EventKind, Grade } from './driving-event.ts'

/** One of the features of the last minute's windows that raised the live risk most. */
export interface LiveCause {
  /** Its name in the catalogue of window features. */
  feature: string
  /** Its part of all that raised the risk, 0 to 1. */
  share: number
}

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
  /** Mean live risk of the running trip; absent from older agents. */
  tripRisk?: number | null | undefined
  /** Top causes of the last minute, the strongest first; absent from older agents. */
  causes?: LiveCause[] | undefined
  calibrationConfidence: number
  event: { id: string; kind: EventKind; band: Band; grade: Grade | null; peak: number } | null
}

/** What travels on the WebSocket `/api/v1/live`, server to client. */
export type LiveMessage =
  | { type: 'driving_update'; driverId: string; deviceId: string; state: LiveState }
  | {
      type: 'safety_alert'
      /** Null where no policy covers the vehicle: only those who see all hear of it. */
      driverId: string | null
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
      /** Null, as its interval, where fewer kilometres were judged than the driver's plan asks for. */
      risk: number | null
      intervalHalfWidth: number | null
      tripId: string | null
    }
  | {
      type: 'pricing_update'
      driverId: string
      /** Of the driver's policies the one that was priced: it need not be the one in force. */
      policyId: string
      at: number
      receiptId: string
      premiumMinor: number
      currency: string
      discountPpm: number
    }
  | {
      type: 'risk_job_update'
      /** Of nobody: those who see all hear of it. */
      driverId: null
      at: number
      jobId: string
      state: string
      done: number
      total: number
      failed: number
    }
