import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import fc from 'fast-check'
import { cutTrip } from '../src/pricing/cut-trip-example.ts'
import { anyEvent } from '../src/pricing/plan-arbitraries.ts'
import { tripExample } from '../src/pricing/pricing-example.ts'
import { termPremium } from '../src/pricing/term-premium.ts'
import { counted, mergeStatistics } from '../src/trips/merge-statistics.ts'
import { portfolioTrip } from './portfolios.ts'
import { newestModel, shippedRates } from './shipped.ts'

/** How often more driving, another event or a cut lowered the totals of portfolios. */
export interface PerversePay {
  portfolios: number
  /** A trip after all others, clean or not: nobody is paid for driving on. */
  drivenOnLower: number
  /** A clean kilometre as a trip of its own between others, as late data bring it; and the largest fall, minor units. */
  insertedLower: number
  insertedLowerMostMinor: number
  /** A clean kilometre more at the end of the last trip. */
  extendedLower: number
  extendedLowerMostMinor: number
  /** Another event on any trip. */
  eventLower: number
  /** Any trip cut in two, with five minutes between. */
  cutLower: number
}

interface Driven {
  temper: number
  kms: number[]
  after: number
  /** Style of the clean kilometre; null for the driver's own. */
  other: number | null
  /** Any trips, with events. */
  mixed: ReceiptTrip[]
  more: ReceiptTrip
  /** What happens to one of these trips. */
  event: Pick<DrivingEvent, 'kind' | 'band' | 'grade'>
  cut: number
  at: number
}

const hourMs = 3_600_000
const startsAt = Date.UTC(2026, 5, 1)
const term = { startsAt, endsAt: startsAt + 365 * 24 * hourMs }
const issuedAt = startsAt + 60 * 24 * hourMs
const gapH = 4

const style = fc.nat(1000).map((permille) => permille / 1000)

/** Clean trips of one driver; any other trips; and one that follows either. */
const driven: fc.Arbitrary<Driven> = fc.record({
  temper: style,
  kms: fc.oneof(
    fc.array(fc.integer({ min: 2, max: 60 }), { minLength: 2, maxLength: 10 }),
    fc.array(fc.constantFrom(15, 40, 120, 300), { minLength: 2, maxLength: 5 }),
  ),
  after: fc.nat(),
  other: fc.oneof(fc.constant(null), style),
  mixed: fc.array(portfolioTrip, { maxLength: 6 }),
  more: portfolioTrip,
  event: anyEvent,
  cut: style,
  at: fc.nat(),
})

/** Counts, by plan and place, what such changes do to totals under the newest shipped model and the shipped plans. */
export function perversePay({ runs, seed }: { runs: number; seed: number }): Record<string, PerversePay> {
  const model = newestModel()
  const portfolios = fc.sample(driven, { numRuns: runs, seed })
  const found: Record<string, PerversePay> = {}
  for (const { where, plan, rated } of shippedRates()) {
    const price = (trips: readonly ReceiptTrip[]): number =>
      termPremium({ plan, model, term, trips, rated, issuedAt }).premiumMinor
    found[where] = count(portfolios, price)
  }
  return found
}

function count(portfolios: readonly Driven[], price: (trips: readonly ReceiptTrip[]) => number): PerversePay {
  const sums = {
    drivenOnLower: 0,
    insertedLower: 0,
    insertedLowerMostMinor: 0,
    extendedLower: 0,
    extendedLowerMostMinor: 0,
    eventLower: 0,
    cutLower: 0,
  }
  for (const { temper, kms, after, other, mixed, more, event, cut, at } of portfolios) {
    const trips = kms.map((km, n) => tripExample(n * gapH, { km, temper }))
    const total = price(trips)
    const kilometre = tripExample((after % (kms.length - 1)) * gapH + 2, { km: 1, temper: other ?? temper })
    const inserted = total - price([...trips, kilometre])
    const extended = total - price(trips.map((trip, n) => (n === kms.length - 1 ? joined(trip, kilometre) : trip)))
    if ([trips, placed(mixed)].some((before) => isPaidForDrivingOn(before, { temper, more }, price)))
      sums.drivenOnLower += 1
    if (inserted > 0) sums.insertedLower += 1
    if (extended > 0) sums.extendedLower += 1
    const any = placed([...mixed, more])
    const change = (into: (trip: ReceiptTrip) => ReceiptTrip[]): number =>
      price(any.flatMap((trip, n) => (n === at % any.length ? into(trip) : [trip])))
    if (change((trip) => [withEvent(trip, event)]) < price(any)) sums.eventLower += 1
    if (change((trip) => cutTrip(trip, cut)) < price(any)) sums.cutLower += 1
    sums.insertedLowerMostMinor = Math.max(sums.insertedLowerMostMinor, inserted)
    sums.extendedLowerMostMinor = Math.max(sums.extendedLowerMostMinor, extended)
  }
  return { portfolios: portfolios.length, ...sums }
}

/** Whether any trip after all others lowers the total: a clean kilometre, any other trip, and both as well when they follow so soon that they are one with the last. */
function isPaidForDrivingOn(
  trips: readonly ReceiptTrip[],
  { temper, more }: Pick<Driven, 'temper' | 'more'>,
  price: (trips: readonly ReceiptTrip[]) => number,
): boolean {
  const total = price(trips)
  const endAt = trips.at(-1)?.endAt ?? startsAt
  for (const trip of [tripExample(0, { km: 1, temper }), more])
    for (const pauseMs of [hourMs, 300_000]) {
      const at = { startAt: endAt + pauseMs, endAt: endAt + pauseMs + hourMs }
      if (price([...trips, { ...trip, id: 'TRP-next', ...at }]) < total) return true
    }
  return false
}

/** The trips one after another. */
const placed = (trips: readonly ReceiptTrip[]): ReceiptTrip[] =>
  trips.map(({ statistics }, n) => ({ ...tripExample(n * gapH), statistics }))

const withEvent = (trip: ReceiptTrip, event: Driven['event']): ReceiptTrip => ({
  ...trip,
  statistics: { ...trip.statistics, events: counted(trip.statistics.events, event) },
})

const joined = (trip: ReceiptTrip, more: ReceiptTrip): ReceiptTrip => ({
  ...trip,
  statistics: mergeStatistics(trip.statistics, more.statistics),
})
