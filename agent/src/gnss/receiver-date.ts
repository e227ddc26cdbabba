import type { Fix } from '../sensors.ts'

/**
 * GPS tells its week in ten bits (IS-GPS-200, 20.3.3.3.1.1), so it begins anew every 1024 weeks; a receiver that counts from an
 * older epoch than today's then tells a date so much too early.
 */
const rolloverMs = 1024 * 7 * 86_400_000
/** No program is in use so long after it was made: a later date is wrong. */
const lifeMs = 20 * 365.25 * 86_400_000
/** Fixes in a row that must agree on the first date, and on another than the one believed so far. */
const firstInARow = 3
const changeInARow = 10
/** What a line's delay may move a date by, milliseconds. */
const slackMs = 2000

export interface ReceiverDateOptions {
  /** UTC epoch milliseconds when this version was made: no date of a live receiver can be older. */
  buildMs: number
  /** How many times faster than real time the agent's clock runs: delays are so much longer by it. @default 1 */
  rate?: number
}

/** What a receiver's dates were so far. */
export interface DateCounts {
  /** Believed with 1024 weeks or a multiple added. */
  rolledOverDates: number
  /** Too far ahead, or other than the date believed and not confirmed. */
  refusedDates: number
}

/**
 * Judges the dates of a live receiver, for which the agent would change its clock: one fix alone never moves it. A date that is not
 * believed yet is taken out of its fix. Recordings keep theirs: they may well be older than this program.
 */
export const createReceiverDate = ({ buildMs, rate = 1 }: ReceiverDateOptions) => {
  const counts: DateCounts = { rolledOverDates: 0, refusedDates: 0 }
  /** UTC less the agent's clock: what is believed, and what may be next. NaN for none. */
  let offsetMs = Number.NaN
  let nextMs = Number.NaN
  let inARow = 0

  const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= slackMs * rate

  const isBelieved = (offset: number): boolean => {
    if (!isNear(offset, offsetMs)) {
      inARow = isNear(offset, nextMs) ? inARow + 1 : 1
      nextMs = offset
      if (inARow < (Number.isNaN(offsetMs) ? firstInARow : changeInARow)) return false
    }
    offsetMs = offset
    nextMs = Number.NaN
    return true
  }

  return {
    counts,
    /** Gives the fix with its date put right, or without one. */
    take(fix: Fix): Fix {
      if (fix.utcMs === null) return fix
      // Without a position the date comes from the receiver's own clock, or from nowhere.
      if (fix.lat === null) return { ...fix, utcMs: null }
      const rollovers = Math.max(0, Math.ceil((buildMs - fix.utcMs) / rolloverMs))
      const utcMs = fix.utcMs + rollovers * rolloverMs
      const possible = utcMs < buildMs + lifeMs
      if (!possible) nextMs = Number.NaN
      if (possible && isBelieved(utcMs - fix.tMs)) {
        if (rollovers > 0) counts.rolledOverDates++
        return { ...fix, utcMs }
      }
      if (!possible || !Number.isNaN(offsetMs)) counts.refusedDates++
      return { ...fix, utcMs: null }
    },
  }
}
