import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import fc from 'fast-check'
import { anyShape } from '../src/pricing/plan-arbitraries.ts'
import { planExample, secondPlanExample, tripExample } from '../src/pricing/pricing-example.ts'

/** What happens to a policy, in order. */
export type Act =
  | { act: 'drive'; trip: ReceiptTrip }
  /** A trip of that many hours ago becomes known now. */
  | { act: 'late'; trip: ReceiptTrip; hoursAgo: number }
  /** A ruling takes all events out of a trip. */
  | { act: 'ruling'; trip: number }
  /** A trip turns out to be another's. */
  | { act: 'removal'; trip: number }
  /** A month goes by and its period is billed. */
  | { act: 'bill' }
  /** The term ends, and the next one begins. */
  | { act: 'renew' }
  /** From the next midnight on it is another policy, for the rest of the term: of a vehicle of that class. */
  | { act: 'endorse'; vehicle: string }

/** A policy's plan, and its history with that of the policies that follow it. */
export interface Portfolio {
  plan: RatingPlan
  carriedPpm: number | null
  acts: Act[]
}

/** A trip of any length, style and events. */
export const portfolioTrip: fc.Arbitrary<ReceiptTrip> = anyShape(3).map((some) => tripExample(0, some))
const act = fc.oneof(
  { weight: 5, arbitrary: portfolioTrip.map((some): Act => ({ act: 'drive', trip: some })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(portfolioTrip, fc.nat(900))
      .map(([some, hoursAgo]): Act => ({ act: 'late', trip: some, hoursAgo })),
  },
  { weight: 1, arbitrary: fc.nat(9).map((n): Act => ({ act: 'ruling', trip: n })) },
  { weight: 1, arbitrary: fc.nat(9).map((n): Act => ({ act: 'removal', trip: n })) },
  { weight: 2, arbitrary: fc.constant<Act>({ act: 'bill' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ act: 'renew' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('small', 'large').map((vehicle): Act => ({ act: 'endorse', vehicle })),
  },
)
/** Limits of change, with days of notice that end within the months of a history. */
const change = fc.record({
  midTermAllowed: fc.boolean(),
  midTermCapPpm: fc.option(fc.integer({ min: 0, max: 500_000 })),
  renewalCapPpm: fc.option(fc.integer({ min: 0, max: 500_000 })),
  noticeDays: fc.nat(60),
})
const { jurisdictions, classes, outside } = secondPlanExample()
const [place] = jurisdictions!
const plan = fc
  .record({
    perKm: fc.integer({ min: 0, max: 9_000_000 }),
    perDay: fc.integer({ min: 0, max: 60_000_000 }),
    minimum: fc.integer({ min: 0, max: 90_000_000 }),
    minPpm: fc.integer({ min: 100_000, max: 1_000_000 }),
    maxPpm: fc.integer({ min: 1_000_000, max: 4_000_000 }),
    surchargeAllowed: fc.boolean(),
    discountPpm: fc.integer({ min: 0, max: 450_000 }),
    credibilityM: fc.integer({ min: 1000, max: 3_000_000 }),
    change: fc.option(change),
    carriedPpm: fc.constantFrom(0, 500_000, 1_000_000),
  })
  .map((any): RatingPlan => {
    const { perKm, perDay, minimum, minPpm, maxPpm, surchargeAllowed, discountPpm, credibilityM, carriedPpm } = any
    const base = planExample()
    return {
      ...base,
      coverages: [
        { name: 'liability', perDayMicro: 0, perKmMicro: perKm, behaviour: true },
        { name: 'hail', perDayMicro: perDay, perKmMicro: 0, behaviour: false },
      ],
      minimumPerDayMicro: minimum,
      relativity: { ...base.relativity, minPpm, maxPpm, surchargeAllowed, credibilityM },
      discount: { ...base.discount, maxPpm: discountPpm, credibilityM },
      policy: { endorsable: true, carriedPpm },
      ...(any.change && { format: 2, classes, outside, jurisdictions: [{ ...place, change: any.change }] }),
    }
  })

/** Policies of random plans with random histories. */
export const portfolios: fc.Arbitrary<Portfolio> = fc.record({
  plan,
  carriedPpm: fc.oneof(fc.constant(null), fc.integer({ min: 500_000, max: 1_500_000 })),
  acts: fc.array(act, { minLength: 1, maxLength: 9 }),
})
