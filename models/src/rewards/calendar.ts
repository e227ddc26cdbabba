export const dayMs = 86_400_000

/** The UTC day of a moment, `2026-06-01`; days are where points are earned, and weeks begin on Monday. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** When a day begins, epoch milliseconds. */
export const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** A day so many days later, or earlier. */
export const addDays = (day: string, days: number): string => dayOf(startOfDay(day) + days * dayMs)

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  const sinceMonday = (new Date(startOfDay(day)).getUTCDay() + 6) % 7
  return addDays(day, -sinceMonday)
}
