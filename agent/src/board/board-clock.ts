/** How fast two quartz clocks may run apart, milliseconds a second (100 ppm, both at their worst). */
const quartzDriftMsPerS = 0.1
/** A board's clock that jumps back by more has restarted, milliseconds. */
const restartMs = 1000

/**
 * Maps the board's clock to the agent's. What arrives earliest was delayed least, so the least difference seen is nearest the
 * truth; it is let go slowly, as the clocks drift.
 */
export const createBoardClock = ({ driftMsPerS = quartzDriftMsPerS } = {}) => {
  let offsetMs = Number.NaN
  let lastBoardMs = Number.NaN
  let lastNowMs = Number.NaN

  return {
    /** Takes a message of board time `boardMs` that arrived at `nowMs`. */
    observe(boardMs: number, nowMs: number): void {
      const offset = nowMs - boardMs
      if (Number.isNaN(offsetMs) || lastBoardMs - boardMs > restartMs) offsetMs = offset
      else offsetMs = Math.min(offsetMs + ((nowMs - lastNowMs) / 1000) * driftMsPerS, offset)
      lastBoardMs = boardMs
      lastNowMs = nowMs
    },
    /** The agent's monotonic milliseconds of a board time; NaN before the first message. */
    toAgent: (boardMs: number): number => boardMs + offsetMs,
  }
}
