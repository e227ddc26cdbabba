import type { BoardCommands } from '../board/commands.ts'
import type { Log } from '../log.ts'
import type { BoardState } from '../sensors.ts'
import { createBatteryWatch } from './battery.ts'

/** How long beyond the usual the car's battery may be used for sending what waits, milliseconds. */
const sendMs = 300_000
/** The board cuts the power so long after it was told, seconds: what is under way comes to its end. */
const cutAfterS = 10
/** A board that did not do it is told again after this, milliseconds. */
const againMs = 600_000

export interface ParkedOptions {
  /** With the ignition off for so long, milliseconds, the computer goes to sleep; null: it stays awake. */
  sleepAfterMs: number | null
  sleep: BoardCommands['sleep']
  /** Makes all durable and seals it, so that it can go. */
  settle: () => void
  /** True where nothing that goes by itself waits to be sent. */
  isSent: () => boolean
  log: Log
}

/**
 * Decides when a parked car's computer sleeps: once it has stood for a while and has sent what it holds, or at once where the battery is
 * low. The board wakes it with the ignition. Time is that of the board's states, which come once a second.
 */
export function createParked({ sleepAfterMs, sleep, settle, isSent, log }: ParkedOptions): (state: BoardState) => void {
  const battery = createBatteryWatch()
  let offSinceMs: number | null = null
  let askedMs = Number.NEGATIVE_INFINITY

  const reasonAt = ({ tMs, ignition, batteryMv }: BoardState): 'battery' | 'parked' | null => {
    if (battery.push(tMs, batteryMv)) return 'battery'
    if (ignition === null || sleepAfterMs === null) return null
    const offMs = tMs - (offSinceMs ?? tMs)
    return offMs >= sleepAfterMs + (isSent() ? 0 : sendMs) ? 'parked' : null
  }

  return (state) => {
    const { tMs, ignition, batteryMv } = state
    if (ignition === true) {
      battery.reset()
      offSinceMs = null
      askedMs = Number.NEGATIVE_INFINITY
      return
    }
    if (ignition === false && offSinceMs === null) {
      offSinceMs = tMs
      settle()
    }
    const reason = reasonAt(state)
    if (reason === null || tMs - askedMs < againMs) return
    askedMs = tMs
    settle()
    log.info({ reason, batteryMv, cutAfterS }, 'going to sleep until the ignition comes on')
    void sleep({ afterS: cutAfterS, wakeS: 0 }).then((answer) => {
      if (answer !== 'done')
        log.warn({ answer }, 'the board does not cut the power: the car’s battery goes on being used')
    })
  }
}
