/** A stretch of a term that is billed at once; UTC epoch milliseconds, end excluded. */
export interface BillingPeriod {
  startsAt: number
  endsAt: number
}

/**
 * The billing periods of a term: months from its start, the last one as short as the term leaves it.
 *
 * A term that starts on the 31st has its periods begin on the last day of shorter months.
 */
export function billingPeriods({ startsAt, endsAt }: BillingPeriod): BillingPeriod[] {
  const periods: BillingPeriod[] = []
  for (let n = 1, from = startsAt; from < endsAt; n++) {
    const to = Math.min(monthsAfter(startsAt, n), endsAt)
    periods.push({ startsAt: from, endsAt: to })
    from = to
  }
  return periods
}

function monthsAfter(at: number, months: number): number {
  const from = new Date(at)
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months]
  const day = Math.min(from.getUTCDate(), new Date(Date.UTC(year, month + 1, 0)).getUTCDate())
  return Date.UTC(year, month, day) + (at % 86_400_000)
}
