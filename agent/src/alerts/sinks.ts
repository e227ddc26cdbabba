import type { Log } from '../log.ts'
import type { AlertSink } from './policy.ts'

/** Writes alerts to the log. */
export const logSink =
  (log: Log): AlertSink =>
  ({ kind, band, value, speedMps }, sound) =>
    log.info({ kind, band, value, speedMps, sound }, 'alert')

/** Rings the bell of a terminal. */
export const bellSink =
  (terminal: { isTTY?: boolean; write(text: string): unknown }): AlertSink =>
  (_alert, sound) => {
    if (sound !== 'none' && terminal.isTTY) terminal.write('\u0007')
  }
