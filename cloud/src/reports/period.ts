import { type SQL, sql } from 'drizzle-orm'

/** A month as queries need it. */
export interface Period {
  /** First day, and the first day after it. */
  readonly from: SQL
  readonly until: SQL
  /** The same as moments, UTC. */
  readonly fromAt: SQL
  readonly untilAt: SQL
}

/** The bounds of a month, `2026-05`, as constants. */
export function periodOf(month: string): Period {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  const [first, next] = [day(Date.UTC(year, number - 1, 1)), day(Date.UTC(year, number, 1))]
  return {
    from: sql`${first}::date`,
    until: sql`${next}::date`,
    fromAt: sql`${`${first}T00:00:00Z`}::timestamptz`,
    untilAt: sql`${`${next}T00:00:00Z`}::timestamptz`,
  }
}

/** The months before the one of a moment, so many, the newest first. */
export function monthsBefore(nowMs: number, count: number): string[] {
  const now = new Date(nowMs)
  return Array.from({ length: count }, (_, n) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1 - n, 1)).toISOString().slice(0, 7),
  )
}
