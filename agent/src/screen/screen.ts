import type { LiveState } from '@fairmile/contract/live.ts'
import type { Alert } from '@fairmile/contract/records.ts'
import type { ScreenState, ScreenTrip, ScreenTrouble } from '@fairmile/contract/screen.ts'
import { quality } from '@fairmile/contract/telematics.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import type { Thresholds } from '@fairmile/models/events/thresholds.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Clock } from '../clock.ts'
import { createGround } from './ground.ts'
import { createShownAlert } from './shown-alert.ts'
import { tripShown } from './trip-shown.ts'
import { createOverLimit, createView } from './view.ts'

/** Live states come once a second: without one for so long nothing is sensed. Real milliseconds. */
const silentMs = 3000

/** What a screen is told by the agent, but for what concerns each screen alone. */
export type SharedScreen = Omit<ScreenState, 'pairing' | 'canPair' | 'phones'>

export interface ScreenOptions {
  thresholds: Thresholds
  /** IANA name. */
  timeZone: string
  clock: Clock
  /** What the outbox and the connection say. */
  delivery: () => Pick<ScreenState, 'online' | 'waiting'>
  /** The last trip of an earlier run; null for none. */
  lastTrip: ScreenTrip | null
  /** Takes the last trip, for the next run. */
  keepTrip: (trip: ScreenTrip) => void
}

/** Gathers what the in-car screen shows. */
export interface Screen {
  motion(sample: MotionSample): void
  live(state: LiveState): void
  alert(alert: Alert): void
  trip(trip: TripRecord): void
  /** What is to be shown now. */
  state(): SharedScreen
  /** Called back at once whenever something new is to be shown. */
  onChange: (() => void) | null
}

/** Makes the state behind every in-car screen of one agent. */
export function createScreen(options: ScreenOptions): Screen {
  const { clock } = options
  const nowMs = () => clock.monotonicMs() / clock.rate
  const view = createView()
  const over = createOverLimit(options.thresholds.speeding.bands.log)
  const ground = createGround(options)
  const alerts = createShownAlert()
  let lastTrip = options.lastTrip
  let newest: LiveState | null = null
  let newestMs = Number.NEGATIVE_INFINITY
  let bits = 0
  let shownView: ScreenState['view'] = 'parked'
  let overKmh: number | null = null

  const troublesOf = (silent: boolean): ScreenTrouble[] => {
    if (newest === null || silent) return ['no_readings']
    const troubles: ScreenTrouble[] = []
    if ((bits & quality.noFix) !== 0 || newest.lat === null) troubles.push('no_position')
    if ((bits & quality.uncalibrated) !== 0) troubles.push('not_calibrated')
    return troubles
  }

  const screen: Screen = {
    onChange: null,
    motion(sample) {
      bits = sample.quality
    },
    live(state) {
      newest = state
      newestMs = nowMs()
      ground.at(state.lat ?? Number.NaN, state.lon ?? Number.NaN)
      shownView = view({ tMs: clock.monotonicMs(), inTrip: state.tripId !== null, speedMps: state.speedMps })
      overKmh = over(state.speedMps, state.limitKmh)
      screen.onChange?.()
    },
    alert(alert) {
      alerts.show(alert, nowMs())
      screen.onChange?.()
    },
    trip(trip) {
      lastTrip = tripShown(trip)
      options.keepTrip(lastTrip)
      screen.onChange?.()
    },
    state() {
      const silent = nowMs() - newestMs > silentMs
      const known = silent ? null : newest
      return {
        at: clock.wallMs(),
        view: shownView,
        ground: ground.ground(newest?.at ?? clock.wallMs()),
        score: known?.liveRisk == null ? null : Math.round(100 - known.liveRisk),
        overKmh: known === null ? null : overKmh,
        limitKmh: known?.limitKmh ?? null,
        troubles: troublesOf(silent),
        alert: alerts.current(nowMs()),
        lastTrip,
        ...options.delivery(),
      }
    },
  }
  return screen
}
