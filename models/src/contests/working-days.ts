/** Public holidays of a jurisdiction: the same day each year, or so many days after Easter Sunday. */
interface Holidays {
  timeZone: string
  /** `MM-DD`. */
  fixed: readonly string[]
  /** Days after Easter Sunday (Gregorian). */
  easter: readonly number[]
}

/** The holidays of whole countries; those of a part of one are working days, for ruling late is ruling for the driver. */
const jurisdictions = {
  DE: {
    timeZone: 'Europe/Berlin',
    fixed: ['01-01', '05-01', '10-03', '12-25', '12-26'],
    easter: [-2, 1, 39, 50],
  },
  AT: {
    timeZone: 'Europe/Vienna',
    fixed: ['01-01', '01-06', '05-01', '08-15', '10-26', '11-01', '12-08', '12-25', '12-26'],
    easter: [1, 39, 50, 60],
  },
} as const satisfies Record<string, Holidays>

export type Jurisdiction = keyof typeof jurisdictions

const dayMs = 86_400_000

/** Whether a day, as midnight UTC of its date, is neither weekend nor holiday. */
export function isWorkingDay(dateMs: number, jurisdiction: Jurisdiction): boolean {
  const date = new Date(dateMs)
  if (date.getUTCDay() === 0 || date.getUTCDay() === 6) return false
  const { fixed, easter }: Holidays = jurisdictions[jurisdiction]
  if (fixed.includes(date.toISOString().slice(5, 10))) return false
  return !easter.includes(Math.round((dateMs - easterSunday(date.getUTCFullYear())) / dayMs))
}

/**
 * The end of the n-th working day after the day of a moment, both by the jurisdiction's clock, UTC epoch milliseconds.
 *
 * The day itself does not count, as is usual with time limits.
 */
export function endOfWorkingDay(atMs: number, days: number, jurisdiction: Jurisdiction): number {
  const { timeZone } = jurisdictions[jurisdiction]
  let dateMs = dateOf(atMs, jurisdiction)
  for (let left = days; left > 0; ) {
    dateMs += dayMs
    if (isWorkingDay(dateMs, jurisdiction)) left -= 1
  }
  const midnight = dateMs + dayMs
  // The zone's offset at that midnight, looked up where it is nearly midnight there.
  return midnight - offsetMs(midnight - offsetMs(midnight, timeZone), timeZone)
}

/**
 * Working days after the day of a moment up to and with the day of a later one, both by the jurisdiction's clock: 0 on the same day.
 *
 * What is done before `endOfWorkingDay` of n days was done within n of these.
 */
export function workingDaysBetween(fromMs: number, toMs: number, jurisdiction: Jurisdiction): number {
  const last = dateOf(toMs, jurisdiction)
  let days = 0
  for (let dateMs = dateOf(fromMs, jurisdiction) + dayMs; dateMs <= last; dateMs += dayMs)
    if (isWorkingDay(dateMs, jurisdiction)) days += 1
  return days
}

/** The date of a moment by the jurisdiction's clock, as its midnight UTC. */
function dateOf(atMs: number, jurisdiction: Jurisdiction): number {
  return Math.floor((atMs + offsetMs(atMs, jurisdictions[jurisdiction].timeZone)) / dayMs) * dayMs
}

/** How far a zone's clock is ahead of UTC at a moment. */
function offsetMs(atMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = format.formatToParts(atMs)
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(atMs / 1000) * 1000
}

/** Easter Sunday as midnight UTC of its date, by the Gregorian computus (Meeus, Jones and Butcher). */
function easterSunday(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  return Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1)
}
