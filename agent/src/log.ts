import { type Logger, pino } from 'pino'

/** What capabilities write to. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/** The log of a command, whose level may be changed. */
export type LeveledLog = Log & Pick<Logger, 'level'>

/** JSON lines on stderr, written at once so that a kill loses none; stdout belongs to the command's own data. */
export const createLog = ({ level }: { level: string }): LeveledLog =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }))
