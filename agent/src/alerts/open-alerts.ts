import type { Alert } from '@fairmile/contract/records.ts'
import type { BoardCommands } from '../board/commands.ts'
import { after } from '../clock.ts'
import type { Log } from '../log.ts'
import { createAplay } from './aplay.ts'
import { buzzerSink } from './buzzer.ts'
import { type AlertPolicy, type AlertSink, createAlertPolicy } from './policy.ts'
import { bellSink, logSink } from './sinks.ts'
import { createSoundSink } from './sound-sink.ts'

/** A way to tell the driver beside the log. */
export type AlertWay = 'screen' | 'sound' | 'buzzer' | 'bell'

export interface OpenAlertsOptions {
  ways: readonly AlertWay[]
  screen: { alert(alert: Alert): void }
  /** The sensor board, where there is one. */
  board: Pick<BoardCommands, 'buzz'> | undefined
  /** The agent's data folder. */
  folder: string
  monotonicMs: () => number
  log: Log
}

/** Makes the policy with the sinks that the settings name, what is seen before what is heard; the log always is one. */
export function openAlerts({ ways, screen, board, folder, monotonicMs, log }: OpenAlertsOptions): AlertPolicy {
  const sinks: Record<AlertWay, () => AlertSink> = {
    screen: () => (alert) => screen.alert(alert),
    sound: () => createSoundSink({ sounder: createAplay({ folder }), after, log }),
    buzzer: () => buzzerSink(board),
    bell: () => bellSink(process.stderr),
  }
  return createAlertPolicy({ sinks: [...ways.map((way) => sinks[way]()), logSink(log)], monotonicMs })
}
