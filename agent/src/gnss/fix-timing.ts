import { createRemoteClock } from '../remote-clock.ts'
import type { Fix } from '../sensors.ts'

/** GPS counts its weeks in ten bits (IS-GPS-200, 20.3.3.3.1.1): a receiver that has outlived its epoch is 1,024 weeks behind. */
const rolloverMs = 1024 * 7 * 86_400_000

/**
 * Puts a fix at its own time: the receiver's UTC, by the least delay that the line has shown. Without a date it stays at
 * its arrival.
 * @param options `notBeforeMs` what surely lies in the past, UTC epoch milliseconds: a receiver whose weeks rolled over
 * is put right by it
 */
export const createFixTiming = ({ notBeforeMs }: { notBeforeMs: number }) => {
  const receiver = createRemoteClock()
  return (fix: Fix): Fix => {
    if (fix.utcMs === null) return fix
    const utcMs = fix.utcMs + Math.max(0, Math.ceil((notBeforeMs - fix.utcMs) / rolloverMs)) * rolloverMs
    receiver.observe(utcMs, fix.tMs)
    return { ...fix, utcMs, tMs: receiver.toAgent(utcMs) }
  }
}
