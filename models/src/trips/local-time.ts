/** Local time of a zone, for hours of the day. */
export interface LocalTime {
  /** Hour 0–23 and whether it is Saturday or Sunday, as `hour + 24 × weekend`; NaN for an unknown time. */
  hourAndWeekend(atMs: number): number
}

const quarterHourMs = 900_000

/**
 * Local hours of an IANA time zone; asks the zone's rules once a quarter of an hour, which is where they change.
 *
 * @throws RangeError for a zone that does not exist
 */
export function createLocalTime(timeZone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', weekday: 'short', hourCycle: 'h23' })
  let quarter = Number.NaN
  let cached = Number.NaN
  return {
    hourAndWeekend(atMs) {
      const now = Math.floor(atMs / quarterHourMs)
      if (now === quarter) return cached
      quarter = now
      cached = Number.NaN
      if (Number.isNaN(now)) return cached
      const parts = format.formatToParts(now * quarterHourMs)
      const hour = Number(parts.find(({ type }) => type === 'hour')?.value)
      const day = parts.find(({ type }) => type === 'weekday')?.value
      cached = hour + (day === 'Sat' || day === 'Sun' ? 24 : 0)
      return cached
    },
  }
}
