import { createRemoteClock } from '../remote-clock.ts'
import type { Fix } from '../sensors.ts'

/** Puts a fix at its own time: the receiver's UTC, by the least delay that the line has shown. Without a date it stays at its arrival. `rate`: as of the agent's clock. */
export const createFixTiming = (options: { rate?: number } = {}) => {
  const receiver = createRemoteClock(options)
  return (fix: Fix): Fix => {
    if (fix.utcMs === null) return fix
    receiver.observe(fix.utcMs, fix.tMs)
    return { ...fix, tMs: receiver.toAgent(fix.utcMs) }
  }
}
