import { type Logger, pino } from 'pino'
import { toLogged } from './errors.ts'

/** What capabilities write to; an error goes under `error`. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/** JSON lines on stderr: stdout belongs to the command's own data. */
export const createLog = ({ level }: { level: string }): Log =>
  pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: toLogged } },
    pino.destination({ fd: 2, sync: true }),
  )
