import { type Logger, pino } from 'pino'

/** What capabilities write to. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/** JSON lines on stderr, written at once so that a kill loses none; stdout belongs to the command's own data. */
export const createLog = ({ level }: { level: string }): Log =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }))
