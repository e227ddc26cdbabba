/** How fast two clocks may run apart, milliseconds a second (100 ppm: two quartzes, both at their worst). */
const quartzDriftMsPerS = 0.1
/** A clock that jumps back by more has restarted or was set, milliseconds of real time: a line is no slower where the clocks run fast. */
const usualRestartMs = 1000
/** So many messages in a row that all come later than that: it is the clock that was set back, not the line that is slow. */
const usualLateInARow = 10

/**
 * Maps the clock at the other end of a line (a board's, a receiver's UTC) to the agent's. What arrives earliest was delayed least, so
 * the least difference seen is nearest the truth; it is let go slowly, as the clocks drift.
 * @param options `rate` how many times faster than real time the agent's clock runs; `restartMs` and `lateInARow` where others tell a clock that was set
 */
export const createRemoteClock = ({
  driftMsPerS = quartzDriftMsPerS,
  rate = 1,
  restartMs = usualRestartMs,
  lateInARow = usualLateInARow,
} = {}) => {
  const jumpMs = restartMs * rate
  let offsetMs = Number.NaN
  let lastRemoteMs = Number.NaN
  let lastNowMs = Number.NaN
  let late = 0

  return {
    /** Takes a message of remote time `remoteMs` that arrived at `nowMs`. */
    observe(remoteMs: number, nowMs: number): void {
      const offset = nowMs - remoteMs
      late = offset - offsetMs > jumpMs ? late + 1 : 0
      if (Number.isNaN(offsetMs) || lastRemoteMs - remoteMs > jumpMs || late >= lateInARow) offsetMs = offset
      else offsetMs = Math.min(offsetMs + ((nowMs - lastNowMs) / 1000) * driftMsPerS, offset)
      lastRemoteMs = remoteMs
      lastNowMs = nowMs
    },
    /** The agent's monotonic milliseconds of a remote time; NaN before the first message. */
    toAgent: (remoteMs: number): number => remoteMs + offsetMs,
  }
}
