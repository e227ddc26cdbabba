import { createRemoteClock } from '../remote-clock.ts'
import type { Fix } from '../sensors.ts'

/**
 * UTC is set back by a whole second at a leap second, and by a few when a receiver learns how many there were: what comes later than
 * before by this, fix after fix, was not delayed. A line that is blocked for so long hands over what it held in fewer.
 */
const setBack = { restartMs: 700, lateInARow: 5 }

/** Puts a fix at its own time: the receiver's UTC, by the least delay that the line has shown. Without a date it stays at its arrival. `rate`: as of the agent's clock. */
export const createFixTiming = (options: { rate?: number } = {}) => {
  const receiver = createRemoteClock({ ...options, ...setBack })
  return (fix: Fix): Fix => {
    if (fix.utcMs === null) return fix
    receiver.observe(fix.utcMs, fix.tMs)
    return { ...fix, tMs: receiver.toAgent(fix.utcMs) }
  }
}
