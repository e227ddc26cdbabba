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

/** What may be heard of an alert: nothing, the rationed chime, or the alarm of a crash or of a box that was moved. */
export type Sound = 'none' | 'chime' | 'alarm'

/** A place where a driver is told; every alert comes here, with what may be heard of it. */
export type AlertSink = (alert: Alert, sound: Sound) => void

export interface AlertPolicyOptions {
  sinks: readonly AlertSink[]
  monotonicMs: () => number
}

/** Decides which alerts are heard; every alert is shown. */
export interface AlertPolicy {
  tell(alert: Alert): void
  /** Alerts that were shown without a sound. */
  readonly muted: number
}

/** Kinds that are no advice on driving: they are heard whenever they happen, once an event. */
const alarming: ReadonlySet<Alert['kind']> = new Set(['crash', 'tamper'])

/** Makes the policy of one device. */
export function createAlertPolicy({ sinks, monotonicMs }: AlertPolicyOptions): AlertPolicy {
  let lastChimeMs = Number.NEGATIVE_INFINITY
  let trip: string | null = null
  let inTrip = 0
  let alarmedEvent: string | null = null
  let muted = 0

  const alarm = ({ eventId }: Alert): Sound => {
    if (eventId === alarmedEvent) return 'none'
    alarmedEvent = eventId
    return 'alarm'
  }

  const ration = ({ tripId, speedMps }: Alert): Sound => {
    if (tripId !== trip) {
      trip = tripId
      inTrip = 0
    }
    const nowMs = monotonicMs()
    const slow = speedMps !== null && speedMps < chimeRules.minSpeedMps
    if (slow || inTrip >= chimeRules.perTrip || nowMs - lastChimeMs < chimeRules.everyMs) return 'none'
    lastChimeMs = nowMs
    inTrip++
    return 'chime'
  }

  return {
    get muted() {
      return muted
    },
    tell(alert) {
      const sound = alarming.has(alert.kind) ? alarm(alert) : ration(alert)
      if (sound === 'none') muted++
      for (const sink of sinks) sink(alert, sound)
    },
  }
}
