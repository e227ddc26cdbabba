import type { DrivingEventSummary } from '@fairmile/contract/http/events.ts'
import type { WhatIf } from '@fairmile/contract/http/what-if.ts'
import { bandNow } from './event-words.ts'
import { decimal, money } from './figures.ts'

/** Events at once that the cloud leaves out. */
const mostEvents = 100

/** The events that are in score or price: of grade A, told or counted as they are judged now, and not contested. */
export const inScore = (events: readonly DrivingEventSummary[]): DrivingEventSummary[] =>
  events
    .filter(({ kind, grade }) => kind !== 'crash' && kind !== 'tamper' && grade === 'A')
    .filter((event) => ['coach', 'count'].includes(bandNow(event) ?? ''))
    .slice(0, mostEvents)

/** What score and price would be without some events, each in a sentence. */
export function withoutWords({ before, after, difference, price }: WhatIf): string[] {
  const words: string[] = []
  if (before && after && difference)
    words.push(
      `Your safety score would be ${decimal(after.safetyScore)} instead of ${decimal(before.safetyScore)}: ${signed(-difference.risk)}, between ${signed(-difference.high)} and ${signed(-difference.low)}.`,
    )
  if (price) {
    const { currency, beforeMinor, afterMinor } = price
    words.push(
      beforeMinor === afterMinor
        ? `A month would cost ${money(beforeMinor, currency)}, as it does.`
        : `A month would cost ${money(afterMinor, currency)} instead of ${money(beforeMinor, currency)}.`,
    )
  }
  return words.length > 0 ? words : ['There is neither a score nor a price yet that they could change.']
}

function signed(value: number): string {
  const text = decimal(value, 1)
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text
}
