import { tripRules } from '@fairmile/models/trips/trip.ts'
import type { AlertPolicy } from './alerts/policy.ts'
import type { Log } from './log.ts'
import type { Outbox } from './outbox/outbox.ts'
import type { PipelineOutput } from './pipeline/output.ts'
import type { Screen } from './screen/screen.ts'
import type { Sync } from './sync/sync.ts'
import type { OpenSession } from './tamper/open-session.ts'

export interface OutputOptions {
  outbox: Outbox
  sync: Pick<Sync, 'live'>
  alerts: AlertPolicy
  screen: Pick<Screen, 'motion' | 'live' | 'trip'>
  log: Log
  /** Whether the drive is this device's, and not one that was recorded: then its calibration and its trip go on in the next boot. */
  isOwnDrive: boolean
  /** Notes how the car is for the next boot; null where the drive is not this device's. */
  session: Pick<OpenSession, 'board' | 'motion'> | null
}

/** While no trip runs, what was summed up goes within this: a batch is not full for an hour then, and nobody waits that long. */
const parkedSealMs = 60_000

/** Takes what the pipeline tells to where it belongs: what counts to the outbox, the newest state to the screen and the cloud, alerts to the driver. */
export function createOutput(options: OutputOptions): PipelineOutput {
  const { outbox, sync, alerts, screen, log, isOwnDrive, session } = options
  let inTrip = false
  let sealedAt = Number.NEGATIVE_INFINITY
  const sealTelematics = (at: number): void => {
    outbox.seal('telematics')
    sealedAt = at
  }
  return {
    telematics(summary) {
      outbox.append('telematics', summary)
      // A clock that was set back must not hold anything back.
      if (!inTrip && Math.abs(summary.at - sealedAt) >= parkedSealMs) sealTelematics(summary.at)
    },
    alert(alert) {
      // A crash is on the disk before anything else is done about it: the power may go with it.
      outbox.append('urgent', { type: 'alert', alert }, { durable: alert.kind === 'crash' ? 'now' : 'soon' })
      alerts.tell(alert)
    },
    crash(records) {
      records.forEach((crash, n) => {
        outbox.append('urgent', { type: 'crash', crash }, { durable: n === records.length - 1 ? 'now' : 'soon' })
      })
    },
    tripStarted(trip) {
      inTrip = true
      log.info({ tripId: trip.tripId }, 'a trip began')
      outbox.append('trips', { type: 'trip_started', ...trip })
    },
    event({ kind, band, grade, peak, ...rest }) {
      log.info({ kind, band, grade, peak }, 'a driving event')
      outbox.append('trips', { type: 'event', event: { kind, band, grade, peak, ...rest } })
    },
    trip(trip) {
      log.info(
        { tripId: trip.id, reason: trip.endReason, distanceM: Math.round(trip.statistics.distanceM) },
        'a trip ended',
      )
      // The trip's last minute goes with it, so that the cloud has the whole of it at once.
      inTrip = false
      sealTelematics(trip.endAt)
      outbox.append('trips', { type: 'trip', trip })
      screen.trip(trip)
    },
    ...(isOwnDrive && {
      calibration: (calibration) => outbox.remember('calibration', JSON.stringify(calibration)),
      keepOdometer: (kept) => outbox.remember('odometer', JSON.stringify(kept)),
      keepTrip: (trip) => outbox.remember('trip', trip === null ? '' : JSON.stringify(trip)),
    }),
    motion(sample) {
      screen.motion(sample)
      session?.motion(sample.speedMps >= tripRules.standingMps)
    },
    board: (state) => session?.board(state),
    live(state) {
      screen.live(state)
      sync.live(state)
    },
    trouble: (message) => log.error({}, message),
  }
}
