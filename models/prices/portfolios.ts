import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import fc from 'fast-check'
import { anyShape } from '../src/pricing/plan-arbitraries.ts'
import { planExample, tripExample } from '../src/pricing/pricing-example.ts'

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

/** A policy's plan and its history. */
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
)
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
  })
  .map(({ perKm, perDay, minimum, minPpm, maxPpm, surchargeAllowed, discountPpm, credibilityM }): RatingPlan => {
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
    }
  })

/** Policies of random plans with random histories. */
export const portfolios: fc.Arbitrary<Portfolio> = fc.record({
  plan,
  carriedPpm: fc.oneof(fc.constant(null), fc.integer({ min: 500_000, max: 1_500_000 })),
  acts: fc.array(act, { minLength: 1, maxLength: 7 }),
})
