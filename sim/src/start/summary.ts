import type { Score } from '@fairmile/contract/http/score.ts'
import type { Delivered } from './delivery.ts'

/** What became of the drives, in words. */
export function summarize(delivered: Delivered): string {
  const { status, trips, score, premium } = delivered
  const lines = trips.map((trip) => {
    const km = ((trip.distanceM ?? 0) / 1000).toFixed(2)
    const minutes = ((trip.durationS ?? 0) / 60).toFixed(1)
    const events = trip.events.map(({ count, kind, band, grade }) => `${count} × ${kind} (${band}, ${grade})`)
    return `Trip ${trip.id}: ${km} km in ${minutes} min; events: ${events.join(', ') || 'none'}`
  })
  if (lines.length === 0) lines.push('No trip was found in it.')
  if (score) lines.push(scoreWords(score))
  if (premium) {
    const money = (minor: number): string => `${(minor / 100).toFixed(2)} ${premium.currency}`
    lines.push(
      `Premium ${money(premium.premiumMinor)} for the term so far, ${money(premium.beforeDiscountMinor)} before a discount of ${(premium.discountPpm / 10_000).toFixed(1)} %; receipt ${premium.receiptId}`,
    )
  }
  const lanes = Object.entries(status.lanes).map(
    ([lane, { acked, waiting }]) => `${lane} ${acked} acked, ${waiting} waiting`,
  )
  lines.push(`Device log: ${lanes.join('; ')}`)
  if (!delivered.complete) lines.push('Not everything had arrived when waiting was given up: see data/logs.')
  return lines.join('\n')
}

function scoreWords({ safetyScore, interval, exposureKm, missingKm }: Score): string {
  if (safetyScore === null || interval === null)
    return `No safety score yet: ${missingKm.toFixed(1)} km that can be judged are missing`
  const { low, high } = interval
  return `Safety score ${safetyScore.toFixed(0)} of 100 (between ${(100 - high).toFixed(0)} and ${(100 - low).toFixed(0)}), from ${exposureKm.toFixed(1)} km`
}
