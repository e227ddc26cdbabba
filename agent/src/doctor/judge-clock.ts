import type { Found } from './check.ts'

/** GNSS time by a serial line is known to a tenth of a second at worst; TLS and logs bear a few. Milliseconds. */
const maxLagMs = 2000

/** Is the computer's clock right, as far as its build, GNSS and NTP tell? @param lagMs behind GNSS; null without */
export function judgeClock({
  nowMs,
  buildMs,
  lagMs,
  ntp,
}: {
  nowMs: number
  buildMs: number
  lagMs: number | null
  ntp: boolean | null
}): Found {
  const shown = new Date(nowMs).toISOString()
  const todo = 'connect to the network for NTP, or fit a clock'
  if (nowMs < buildMs)
    return {
      result: 'failed',
      detail: `it says ${shown}, which is before this agent was made: records wait for GNSS time; ${todo}`,
    }
  if (lagMs !== null && Math.abs(lagMs) > maxLagMs)
    return {
      result: 'warning',
      detail: `it says ${shown}, ${(Math.abs(lagMs) / 1000).toFixed(1)} s ${lagMs > 0 ? 'behind' : 'ahead of'} GNSS: records have GNSS time, TLS and logs have not; ${todo}`,
    }
  const by = [
    lagMs === null ? 'no time from GNSS to compare with' : `${Math.round(Math.abs(lagMs))} ms from GNSS`,
    ...(ntp === null ? [] : [ntp ? 'kept by NTP' : 'not kept by NTP']),
  ]
  return { result: 'ok', detail: `${shown}, ${by.join(', ')}` }
}
