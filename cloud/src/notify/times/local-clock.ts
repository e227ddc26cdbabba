const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** A moment as a clock on a wall shows it. */
interface LocalTime {
  /** The date there, as the UTC midnight of the same date, epoch ms. */
  readonly dayMs: number
  /** Minutes since midnight by the clock, 0 to 1439. */
  readonly minute: number
}

/** What the clocks of a time zone show. */
export interface LocalClock {
  at(ms: number): LocalTime
  /**
   * The first moment from `fromMs` on at which the clock shows this minute of the day; a minute that is left out when the clocks go
   * forward comes when they do.
   */
  next(fromMs: number, minute: number): number
}

/** @throws RangeError for a zone that there is none of */
export function createLocalClock(timeZone: string): LocalClock {
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  })

  /** How far the clocks are ahead of UTC, ms. */
  function offsetAt(ms: number): number {
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000
  }

  function at(ms: number): LocalTime {
    const shown = ms + offsetAt(ms)
    const day = Math.floor(shown / dayMs) * dayMs
    return { dayMs: day, minute: Math.floor((shown - day) / minuteMs) }
  }

  /** When the clock shows the moment `shownMs`, given as if it were UTC: once, or twice where it goes back. */
  function momentsOf(shownMs: number): number[] {
    const offsets = [offsetAt(shownMs - dayMs), offsetAt(shownMs + dayMs)].toSorted((a, b) => b - a)
    const found = offsets.map((offset) => shownMs - offset).filter((ms) => ms + offsetAt(ms) === shownMs)
    return found.length > 0 ? found : [changeBetween(shownMs - Math.max(...offsets), shownMs - Math.min(...offsets))]
  }

  /** When the clocks change between two moments. */
  function changeBetween(beforeMs: number, afterMs: number): number {
    const before = offsetAt(beforeMs)
    let [low, high] = [beforeMs, afterMs]
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000
      if (offsetAt(middle) === before) low = middle
      else high = middle
    }
    return high
  }

  return {
    at,
    next(fromMs, minute) {
      const today = at(fromMs).dayMs
      for (let day = today - dayMs; ; day += dayMs) {
        const ms = momentsOf(day + minute * minuteMs).find((moment) => moment >= fromMs)
        if (ms !== undefined) return ms
      }
    },
  }
}
