/** A policy's term: its first and last day, `2026-01-31`, both included. */
export interface Term {
  readonly startsOn: string
  readonly endsOn: string
}

const dayMs = 86_400_000

/**
 * The term that follows another, as long by the calendar: a term of whole months is followed by one of as many months, any other by one of as many
 * days. So a year follows a year, with or without a 29 February.
 *
 * A term is of whole months where the day after it is the day of the month on which it began; where its month has no such day, the last day of
 * that month or the first of the next stands for it. Terms of months that begin on the last day of a month keep doing so; years keep their date.
 *
 * @throws RangeError for days that there are not, or an end before the start
 */
export function nextTerm({ startsOn, endsOn }: Term): Term {
  const [first, last] = [dayOf(startsOn), dayOf(endsOn)]
  if (last < first) throw new RangeError(`following a term: it starts on ${startsOn} and ends before, on ${endsOn}`)
  const next = last + dayMs
  const months = wholeMonths(first, next)
  if (months === null) return termOf(next, next + (next - first))
  const keepsLast = months % 12 !== 0 && isLastOfMonth(first) && isLastOfMonth(next)
  return termOf(next, monthsAfter(next, months, keepsLast ? 31 : new Date(next).getUTCDate()))
}

/** How many whole months there are from a day to another; null where they are not whole. */
function wholeMonths(first: number, next: number): number | null {
  const day = new Date(first).getUTCDate()
  const months = monthOf(next) - monthOf(first)
  const isWhole = next === monthsAfter(first, months, day) || (isLastOfMonth(first) && isLastOfMonth(next))
  if (months >= 1 && isWhole) return months
  const before = monthsAfter(first, months - 1, day)
  const hasNoSuchDay = new Date(before).getUTCDate() < day
  return months >= 2 && hasNoSuchDay && next === before + dayMs ? months - 1 : null
}

/** The day of the month so many months later, or the last one where the month has fewer days. */
function monthsAfter(at: number, months: number, day: number): number {
  const month = monthOf(at) + months
  const lastDay = new Date(Date.UTC(0, month + 1, 0)).getUTCDate()
  return Date.UTC(0, month, Math.min(day, lastDay))
}

/** Months since January 1900, which `Date.UTC` calls year 0. */
function monthOf(at: number): number {
  const date = new Date(at)
  return (date.getUTCFullYear() - 1900) * 12 + date.getUTCMonth()
}

const isLastOfMonth = (at: number): boolean => new Date(at + dayMs).getUTCDate() === 1
const termOf = (startsAt: number, endsAt: number): Term => ({ startsOn: text(startsAt), endsOn: text(endsAt - dayMs) })
const text = (at: number): string => new Date(at).toISOString().slice(0, 10)

function dayOf(day: string): number {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : Number.NaN
  if (Number.isNaN(at) || text(at) !== day) throw new RangeError(`following a term: there is no day "${day}"`)
  return at
}
