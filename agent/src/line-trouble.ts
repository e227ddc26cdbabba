import type { SensorSink } from './sensors.ts'

/**
 * What is wrong with a line, told when it changes. A silence is told once, until something is heard again, however often the line is
 * opened anew meanwhile: a parked car's sensors may be without power for weeks.
 *
 * @param what the device, for people: `sensor board on /dev/ttyACM0`
 */
export const createLineTrouble = (sink: Pick<SensorSink, 'trouble'>, source: string, what: string) => {
  let said: string | null | undefined
  let silent = false
  const tell = (message: string | null): void => {
    if (message === said) return
    said = message
    sink.trouble(source, message)
  }
  return {
    /** Something is heard, and this is wrong with it; null for nothing. */
    heard(problem: string | null): void {
      silent = false
      tell(problem === null ? null : `${what}: ${problem}`)
    },
    silent(seconds: number): void {
      if (!silent) tell(`${what}: silent for ${seconds} s; is its cable in?`)
      silent = true
    },
    /** It could not be opened, or has ended, and will be opened again; `message` names the device. */
    again(message: string): void {
      if (!silent) tell(message)
    },
  }
}

export type LineTrouble = ReturnType<typeof createLineTrouble>
