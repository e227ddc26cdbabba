import type { Alert } from '@fairmile/contract/records.ts'

/** Chimes are rare so that they are heeded. */
export const chimeRules = {
  /** At most one in this time, milliseconds. */
  everyMs: 60_000,
  /** At most this many a trip. */
  perTrip: 3,
  /** None below this speed (10 km/h): a parking manoeuvre is no danger. Unknown speed counts as driving. */
  minSpeedMps: 10 / 3.6,
} as const

/** A place where a driver is told: `chime` says whether it may be heard. */
export type AlertSink = (alert: Alert, chime: boolean) => void

export interface AlertPolicyOptions {
  sinks: readonly AlertSink[]
  monotonicMs: () => number
}

/** Decides which alerts are heard; every alert is shown. */
export interface AlertPolicy {
  tell(alert: Alert): void
  /** Alerts that were shown without a chime. */
  readonly muted: number
}

/** Makes the policy of one device. */
export function createAlertPolicy({ sinks, monotonicMs }: AlertPolicyOptions): AlertPolicy {
  let lastChimeMs = Number.NEGATIVE_INFINITY
  let trip: string | null = null
  let inTrip = 0
  let muted = 0
  return {
    get muted() {
      return muted
    },
    tell(alert) {
      if (alert.tripId !== trip) {
        trip = alert.tripId
        inTrip = 0
      }
      const nowMs = monotonicMs()
      const slow = alert.speedMps !== null && alert.speedMps < chimeRules.minSpeedMps
      const chime = !slow && inTrip < chimeRules.perTrip && nowMs - lastChimeMs >= chimeRules.everyMs
      if (chime) {
        lastChimeMs = nowMs
        inTrip++
      } else muted++
      for (const sink of sinks) sink(alert, chime)
    },
  }
}
