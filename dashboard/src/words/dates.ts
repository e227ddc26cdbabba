const locale = 'en-IE'
const dayMs = 86_400_000

/** A moment, in epoch milliseconds or RFC 3339. */
export type Moment = number | string

const clockFormat = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const clockSecondsFormat = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' })
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' })
const dayMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' })
const dayMonthYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' })

/** Local time of day, `17:42`. */
export const clock = (at: Moment): string => clockFormat.format(new Date(at))

/** Local time of day with seconds, `17:42:05`. */
export const clockSeconds = (at: Moment): string => clockSecondsFormat.format(new Date(at))

/** The local day as people say it: `Today`, `Yesterday`, `Saturday`, `3 November`, `3 November 2025`. */
export function day(at: Moment, now: number): string {
  const date = new Date(at)
  const days = Math.round((startOfDay(new Date(now)) - startOfDay(date)) / dayMs)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  if (days > 1 && days < 7) return weekday.format(date)
  return date.getFullYear() === new Date(now).getFullYear() ? dayMonth.format(date) : dayMonthYear.format(date)
}

/** Day and time of day: `Yesterday 17:42`. */
export const when = (at: Moment, now: number): string => `${day(at, now)} ${clock(at)}`

/** A calendar date (`2026-03-31`) as `31 March`, with the year where it is another one than now. */
export function calendarDay(date: string, now: number): string {
  const at = new Date(`${date}T12:00:00`)
  return (at.getFullYear() === new Date(now).getFullYear() ? dayMonth : dayMonthYear).format(at)
}

/** What to say to someone who arrives at this hour. */
export function greeting(now: number): string {
  const hour = new Date(now).getHours()
  if (hour < 5) return 'Good night'
  if (hour < 12) return 'Good morning'
  return hour < 18 ? 'Good afternoon' : 'Good evening'
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
