import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import { eventId } from '@fairmile/contract/ids.ts'
import type { Alert } from '@fairmile/contract/records.ts'
import type { TamperNotice, TamperReason, TamperThreshold } from '@fairmile/models/events/tamper.ts'

/** Signs that wait for a trip; further ones of a parked car say nothing new. */
const maxWaiting = 10
/** Numbers of these events, apart from those that are judged by motion. */
const firstNumber = 1_000_000

export interface TamperLogOptions {
  device: string
  boot: number
  rules: TamperThreshold
  /** Null between trips. */
  tripId: () => string | null
  alert: (alert: Alert) => void
  event: (event: DrivingEvent, tMs: number) => void
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** Makes events of signs of interference: each reason once a trip; between trips they wait for the next. */
export const createTamperLog = (options: TamperLogOptions) => {
  const { device, boot, rules, tripId, alert, event } = options
  const waiting: TamperNotice[] = []
  const counts = { tampersDropped: 0 }
  let toldIn: string | null = null
  let told = new Set<TamperReason>()
  let number = firstNumber

  const give = (notice: TamperNotice, trip: string): void => {
    if (trip !== toldIn) {
      toldIn = trip
      told = new Set()
    }
    if (told.has(notice.reason)) return
    told.add(notice.reason)
    const { reason, value, tMs } = notice
    const [lat, lon, speedMps] = [known(notice.lat), known(notice.lon), known(notice.speedMps)]
    const at = Math.round(notice.atMs)
    const band = rules.bands[reason]
    const id = eventId(device, boot, ++number)
    if (band !== 'log') alert({ eventId: id, tripId: trip, kind: 'tamper', band, at, value, speedMps, lat, lon })
    const when = { startAt: at, endAt: at, startSpeedMps: speedMps, endSpeedMps: speedMps, lat, lon, limitKmh: null }
    const judged = { peak: value, band, grade: 'C' as const, gradeReasons: [reason], trace: null }
    event({ id, tripId: trip, kind: 'tamper', ...when, ...judged }, tMs)
  }

  return {
    counts,
    tell(notice: TamperNotice): void {
      const trip = tripId()
      if (trip !== null) give(notice, trip)
      else if (waiting.length < maxWaiting) waiting.push(notice)
      else counts.tampersDropped++
    },
    tripStarted(trip: string): void {
      for (const notice of waiting.splice(0)) give(notice, trip)
    },
  }
}
