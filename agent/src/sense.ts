import type { TripEndReason } from '@fairmile/contract/trip.ts'
import type { Log } from './log.ts'
import type { Recorder } from './recording/recorder.ts'
import type { SensorSink, Source } from './sensors.ts'

export interface SenseOptions {
  sources: readonly Source[]
  /** Takes the readings. */
  readings: Pick<SensorSink, 'fix' | 'imu' | 'board'>
  /** Also keeps the readings, where they are recorded. */
  recorder: Recorder | null
  /** Lets others hear what is sensed. */
  tap: (sink: SensorSink) => SensorSink
  /** End when the ignition goes off. */
  untilIgnitionOff: boolean
  signal: AbortSignal
  log: Log
}

/** Runs all sources until each has ended or the signal aborts; gives why. A source that fails for good does not stop the others. */
export async function sense(options: SenseOptions): Promise<TripEndReason> {
  const { sources, readings, recorder, tap, untilIgnitionOff, signal, log } = options
  const ignition = new AbortController()
  const stop = AbortSignal.any([signal, ignition.signal])
  let wasOn = false
  let isOff = false
  const sink: SensorSink = {
    fix: (fix) => readings.fix(fix),
    imu: (sample) => readings.imu(sample),
    board(state) {
      readings.board(state)
      if (state.ignition !== null) isOff = !state.ignition
      if (state.ignition === true) wasOn = true
      if (untilIgnitionOff && wasOn && state.ignition === false) ignition.abort()
    },
    trouble: createTroubleLog(log, () => isOff),
  }
  const taken = tap(recorder?.tee(sink) ?? sink)
  await Promise.all(
    sources.map(async (source) => {
      try {
        await source.run(taken, stop)
      } catch (error) {
        if (!stop.aborted)
          log.error({ source: source.name, reason: String(error) }, 'a source failed; going on without it')
      }
    }),
  )
  if (signal.aborted) return 'shutdown'
  return ignition.signal.aborted ? 'ignition_off' : 'recording_end'
}

/** Says what cannot be sensed when it changes, not each time it is tried; with the ignition off, sensors may well have no power. */
function createTroubleLog(log: Log, isOff: () => boolean): SensorSink['trouble'] {
  const said = new Map<string, string | null>()
  return (source, message) => {
    if ((said.get(source) ?? null) === message) return
    said.set(source, message)
    if (message === null) log.info({ source }, 'well again')
    else log[isOff() ? 'info' : 'warn']({ source }, message)
  }
}
