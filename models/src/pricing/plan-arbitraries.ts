import { bands, eventKinds, grades } from '@fairmile/contract/driving-event.ts'
import {
  type Jurisdiction,
  type Rated,
  type RatingFactor,
  type RatingPlan,
  ratingFactors,
} from '@fairmile/contract/rating-plan.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import fc from 'fast-check'
import { planExample, tripExample } from './pricing-example.ts'

/** A portfolio of one: a policy with its plan, what it tells the plan, and the trips of a term. For tests. */
export interface Insured {
  plan: RatingPlan
  rated: Rated | undefined
  trips: ReceiptTrip[]
  days: number
}

const share = fc.double({ min: 0, max: 1, noNaN: true })
const upTo = (max: number, min = 0) => fc.integer({ min, max })

/** An event of any kind, band and grade. */
export const anyEvent = fc.record({
  kind: fc.constantFrom(...eventKinds),
  band: fc.constantFrom(...bands),
  grade: fc.constantFrom(...grades),
})

/** What a trip is made from: any length and style, with so many events at most. */
export const anyShape = (maxEvents: number) =>
  fc.record({
    km: fc.double({ min: 0.2, max: 400, noNaN: true }),
    gradable: fc.oneof(share, fc.constant(1)),
    temper: share,
    events: fc.array(anyEvent, { maxLength: maxEvents }),
  })

/** One to eight trips, some of which follow one another without a pause. */
export const anyTrips = fc.array(fc.tuple(anyShape(4), upTo(3, 1)), { minLength: 1, maxLength: 8 }).map((shapes) => {
  let startH = 0
  return shapes.map(([trip, gapH]) => {
    startH += gapH
    return tripExample(startH, trip)
  })
})

const anyPlace: fc.Arbitrary<Jurisdiction> = fc.record({
  code: fc.constant('DE'),
  notes: fc.constant('any'),
  surchargeAllowed: fc.boolean(),
  maximumDiscountPpm: upTo(450_000),
  mileageOnly: fc.boolean(),
  factors: fc.record(
    Object.fromEntries(ratingFactors.map((factor) => [factor, fc.boolean()])) as Record<
      RatingFactor,
      fc.Arbitrary<boolean>
    >,
  ),
  change: fc.record({
    midTermAllowed: fc.boolean(),
    midTermCapPpm: fc.option(upTo(500_000)),
    renewalCapPpm: fc.option(upTo(500_000)),
    noticeDays: upTo(60),
  }),
  taxes: fc.constant([{ name: 'tax', ratePpm: 190_000 }]),
})

const anyPlan: fc.Arbitrary<RatingPlan> = fc
  .record({
    perKm: fc.tuple(upTo(6_000_000, 1), upTo(6_000_000, 1), upTo(2_000_000)),
    perDay: upTo(20_000_000),
    minimumPerDayMicro: upTo(20_000_000),
    minPpm: upTo(1_000_000),
    maxPpm: upTo(3_000_000, 1_000_000),
    surchargeAllowed: fc.boolean(),
    credibilityM: fc.tuple(upTo(3_000_000, 1), upTo(3_000_000, 1)),
    minimumScoredM: upTo(50_000),
    maxDiscountPpm: upTo(450_000),
    cleanUnit: fc.constantFrom('trip' as const, 'stretch' as const),
    evasiveBrakesPer1000Km: upTo(3),
    kinds: fc.subarray(eventKinds.filter((kind) => kind !== 'crash' && kind !== 'tamper')),
    small: upTo(1_500_000, 500_000),
    place: fc.option(anyPlace),
  })
  .map((any) => {
    const plan = planExample()
    const [liability, collision, breakdown] = any.perKm
    return {
      ...plan,
      format: 2,
      coverages: [
        { name: 'liability', perDayMicro: 0, perKmMicro: liability, behaviour: true },
        { name: 'collision', perDayMicro: 0, perKmMicro: collision, behaviour: true },
        { name: 'breakdown', perDayMicro: 0, perKmMicro: breakdown, behaviour: false },
        { name: 'hail', perDayMicro: any.perDay, perKmMicro: 0, behaviour: false },
      ],
      minimumPerDayMicro: any.minimumPerDayMicro,
      relativity: {
        minPpm: any.minPpm,
        maxPpm: any.maxPpm,
        surchargeAllowed: any.surchargeAllowed,
        credibilityM: any.credibilityM[0],
        minimumScoredM: any.minimumScoredM,
      },
      discount: {
        ...plan.discount,
        maxPpm: any.maxDiscountPpm,
        credibilityM: any.credibilityM[1],
        cleanUnit: any.cleanUnit,
        factor: { ...plan.discount.factor, kinds: any.kinds },
        evasiveBrakesPer1000Km: any.evasiveBrakesPer1000Km,
      },
      classes: [{ name: 'vehicle', levels: { small: any.small }, otherwisePpm: 1_000_000, coverages: ['liability'] }],
      outside: { fees: [{ name: 'issue', amountMinor: 300 }], taxes: [] },
      ...(any.place && { jurisdictions: [any.place] }),
    }
  })

/** Any plan of the second format with any term under it. */
export const anyInsured: fc.Arbitrary<Insured> = fc
  .record({ plan: anyPlan, trips: anyTrips, days: upTo(365), small: fc.boolean() })
  .map(({ plan, trips, days, small }) => ({
    plan,
    trips,
    days,
    rated: {
      ...(plan.jurisdictions && { jurisdiction: 'DE' }),
      ...(small && { classes: { vehicle: 'small' } }),
    },
  }))
