import type { AlertPolicy } from './alerts/policy.ts'
import type { Log } from './log.ts'
import type { Outbox } from './outbox/outbox.ts'
import type { PipelineOutput } from './pipeline/output.ts'
import type { Screen } from './screen/screen.ts'
import type { Sync } from './sync/sync.ts'

export interface OutputOptions {
  outbox: Outbox
  sync: Pick<Sync, 'live'>
  alerts: AlertPolicy
  screen: Pick<Screen, 'motion' | 'live' | 'trip'>
  log: Log
  /** Whether the drive is this device's, and not one that was recorded: then its calibration and its trip go on in the next boot. */
  isOwnDrive: boolean
}

/** While no trip runs, what was summed up goes within this: a batch is not full for an hour then, and nobody waits that long. */
const parkedSealMs = 60_000

/** Takes what the pipeline tells to where it belongs: what counts to the outbox, the newest state to the screen and the cloud, alerts to the driver. */
export function createOutput(options: OutputOptions): PipelineOutput {
  const { outbox, sync, alerts, screen, log, isOwnDrive } = options
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
      alerts.tell(alert)
      outbox.append('urgent', { type: 'alert', alert })
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
      keepTrip: (trip) => outbox.remember('trip', trip === null ? '' : JSON.stringify(trip)),
    }),
    motion: screen.motion,
    live(state) {
      screen.live(state)
      sync.live(state)
    },
    trouble: (message) => log.error({}, message),
  }
}
