import { after } from '../clock.ts'
import type { Log } from '../log.ts'
import { createAplay } from './aplay.ts'
import { type AlertPolicy, type AlertSink, createAlertPolicy } from './policy.ts'
import { bellSink, logSink } from './sinks.ts'
import { createSoundSink } from './sound-sink.ts'

/** A way to tell the driver beside the log. */
export type AlertWay = 'sound' | 'bell'

export interface OpenAlertsOptions {
  ways: readonly AlertWay[]
  /** The agent's data folder. */
  folder: string
  monotonicMs: () => number
  log: Log
}

/** Makes the policy with the sinks that the settings name; the log always is one. */
export function openAlerts({ ways, folder, monotonicMs, log }: OpenAlertsOptions): AlertPolicy {
  const sinks: Record<AlertWay, () => AlertSink> = {
    sound: () => createSoundSink({ sounder: createAplay({ folder }), after, log }),
    bell: () => bellSink(process.stderr),
  }
  return createAlertPolicy({ sinks: [logSink(log), ...ways.map((way) => sinks[way]())], monotonicMs })
}
