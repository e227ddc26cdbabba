import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { computePremium, type Premium, type PremiumInput } from './premium.ts'
import { planExample, secondPlanExample } from './pricing-example.ts'

const clean = { distanceM: 100_000, gradableM: 100_000, cleanM: 100_000 }

function price(changes: Partial<PremiumInput> = {}): Premium {
  return computePremium({
    plan: planExample(),
    exposure: clean,
    days: 2,
    margin: 0,
    baseMargin: 0,
    beforeMinor: 0,
    ...changes,
  })
}

const stepsOf = ({ steps }: Premium): Record<string, number> =>
  Object.fromEntries(steps.map(({ name, value }) => [name, value]))

test('computePremium agrees with a premium worked out by hand', () => {
  const premium = price({ margin: Math.log(1.5) })
  assert.deepEqual(stepsOf(premium), {
    days: 2,
    distance: 100_000,
    gradable: 100_000,
    clean: 100_000,
    model_relativity: 1_500_000,
    capped_relativity: 1_500_000,
    relativity_credibility: 90_909, // 100 ÷ 1100
    relativity: 1_045_455, // half of 0.090909, rounded half up
    discount_credibility: 166_666, // 100 ÷ 600
    clean_share: 1_000_000,
    discount: 74_999, // 45 % of 0.166666, rounded down
    standing_charge: 20_000_000,
    other_distance_charge: 0,
    usage_charge: 400_000_000,
    behaviour_adjustment: 18_182_000,
    clean_discount: 31_363_231, // 418.182 × 0.074999
    minimum: 10_000_000,
    sum: 406_818_769,
    before_discount: 438,
    computed: 407,
    before: 0,
    premium: 407,
    month: 4168, // 30 × 10 + 4000 × 1.045455 × 0.925001 = 300 + 3868.2
  })
  assert.equal(premium.premiumMinor, 407)
})

test('computePremium has a relativity of its own for each coverage, weighed by its rate', () => {
  const plan = {
    ...planExample(),
    coverages: [
      { name: 'liability', perDayMicro: 0, perKmMicro: 3_000_000, behaviour: true },
      { name: 'collision', perDayMicro: 0, perKmMicro: 1_000_000, behaviour: true },
      { name: 'hail', perDayMicro: 0, perKmMicro: 9_000_000, behaviour: false },
    ],
  }
  const steps = stepsOf(price({ plan, margin: Math.log(1.44), coverageSlopes: { collision: 0.5 } }))
  assert.equal(steps['model_relativity of liability'], 1_440_000)
  assert.equal(steps['model_relativity of collision'], 1_200_000)
  assert.equal(steps.model_relativity, 1_380_000) // (3 × 1.44 + 1 × 1.2) ÷ 4
  assert.equal(steps['model_relativity of hail'], undefined)
})

test('computePremium does not fall below what the term had cost, nor below the minimum', () => {
  assert.equal(price({ beforeMinor: 1000 }).premiumMinor, 1000)
  const nothing = { distanceM: 0, gradableM: 0, cleanM: 0 }
  const plan = {
    ...planExample(),
    coverages: [{ name: 'all', perDayMicro: 0, perKmMicro: 4_000_000, behaviour: true }],
  }
  assert.equal(price({ plan, exposure: nothing }).premiumMinor, 10)
})

test('computePremium leaves the relativity at one below the minimum of scored distance', () => {
  const little = { distanceM: 4999, gradableM: 4999, cleanM: 4999 }
  assert.equal(price({ exposure: little, margin: 2 }).relativityPpm, 1_000_000)
  assert.ok(price({ exposure: { ...little, gradableM: 5000 }, margin: 2 }).relativityPpm > 1_000_000)
})

test('computePremium caps the relativity, and allows no surcharge where the plan has none', () => {
  const plan = planExample()
  assert.equal(stepsOf(price({ margin: 5 })).capped_relativity, 2_000_000)
  assert.equal(stepsOf(price({ margin: -5 })).capped_relativity, 500_000)
  plan.relativity.surchargeAllowed = false
  assert.equal(price({ plan, margin: 5 }).relativityPpm, 1_000_000)
})

test('computePremium earns no discount on kilometres that could not be graded', () => {
  const premium = price({ exposure: { distanceM: 100_000, gradableM: 0, cleanM: 0 } })
  assert.deepEqual([premium.discountPpm, premium.premiumMinor, premium.beforeDiscountMinor], [0, 420, 420])
})

/** A premium under the plan of the second format, 100 clean kilometres on ten days. */
const second = (changes: Partial<PremiumInput> = {}): Premium =>
  price({ plan: secondPlanExample(), days: 10, rated: { jurisdiction: 'DE' }, ...changes })

test('computePremium multiplies the rates of the coverages that a class moves, and adds what stands outside', () => {
  const steps = stepsOf(second({ rated: { jurisdiction: 'DE', classes: { vehicle: 'large' } } }))
  assert.equal(steps['class vehicle: large'], 1_200_000)
  assert.deepEqual([steps.usage_charge, steps.standing_charge], [480_000_000, 100_000_000])
  // 480 × 0.925001 = 444.00048 and 100; 300 of fees, 19 % of 844 is 160.36.
  assert.deepEqual(
    [steps.premium, steps['fee: issue'], steps['tax: insurance tax'], steps.payable],
    [544, 300, 160, 1004],
  )
  assert.equal(stepsOf(second())['class vehicle: not told'], 1_000_000)
})

test('computePremium names what a plan is not for', () => {
  const rated = (rated: PremiumInput['rated']) => () => second({ rated })
  assert.throws(rated(undefined), /"example-2": it is for DE, EU-default, US-CA, and the policy names no jurisdiction/)
  assert.throws(rated({ jurisdiction: 'US-NY' }), /the policy is of "US-NY"/)
  assert.throws(
    rated({ jurisdiction: 'DE', classes: { vehicle: 'tank' } }),
    /"tank" is no class of "vehicle"; there is small, large/,
  )
  assert.throws(rated({ jurisdiction: 'DE', classes: { colour: 'red' } }), /it has no class "colour"/)
})

test('computePremium obeys the switches of the place', () => {
  const margin = Math.log(1.5)
  const germany = second({ margin })
  assert.deepEqual([germany.relativityPpm, germany.discountPpm, germany.maxDiscountPpm], [1_045_455, 74_999, 450_000])
  // A member state without an entry: no surcharge, and 20 % at most.
  const france = second({ margin, rated: { jurisdiction: 'FR' } })
  assert.deepEqual([france.relativityPpm, france.discountPpm, france.maxDiscountPpm], [1_000_000, 33_333, 200_000])
  const california = second({ margin, rated: { jurisdiction: 'US-CA' } })
  assert.deepEqual([california.relativityPpm, california.discountPpm, california.premiumMinor], [1_000_000, 0, 500])
})

test('computePremium tells what of the discount the limit of change holds back', () => {
  const exposure = { distanceM: 9_000_000, gradableM: 9_000_000, cleanM: 9_000_000 }
  const held = second({ exposure })
  const usage = (stepsOf(held).usage_charge ?? Number.NaN) / 1e6
  // The price may fall by a tenth in the term; by more than that was earned.
  assert.deepEqual([held.relativityPpm, held.beforeDiscountMinor - held.premiumMinor], [1_000_000, usage / 10])
  assert.equal(held.heldBackMinor, Math.round((usage * (held.discountPpm - 100_000)) / 1e6))
  assert.ok(held.heldBackMinor > 0)
  const free = second({ exposure, rated: { jurisdiction: 'FR' } })
  assert.ok(free.discountPpm > 100_000)
  assert.equal(free.heldBackMinor, 0)
})

test('computePremium tells nothing as held back where the limit touches nothing, or lowers the price', () => {
  for (const [factor, cleanM] of [
    [1.5, 6_000_000],
    [2, 4_000_000],
  ] as const) {
    const exposure = { distanceM: 9_000_000, gradableM: 9_000_000, cleanM }
    const dear = second({ exposure, days: 60, margin: Math.log(factor), noticeM: 0 })
    assert.ok(dear.discountPpm > 100_000 && (stepsOf(dear).change_adjustment ?? 1) <= 0)
    assert.equal(dear.heldBackMinor, 0)
  }
})

test('computePremium tells what of the discount the minimum takes, and what the term had cost before', () => {
  const exposure = { distanceM: 1_000_000, gradableM: 1_000_000, cleanM: 1_000_000 }
  const priced = (plan: RatingPlan, beforeMinor = 0) =>
    computePremium({ plan, exposure, days: 30, margin: 0, baseMargin: 0, beforeMinor })
  const free = priced(planExample())
  const discountMinor = free.beforeDiscountMinor - free.premiumMinor
  assert.ok(discountMinor > 100)
  assert.equal(free.heldBackMinor, 0)
  const bound = priced({ ...planExample(), minimumPerDayMicro: 200_000_000 })
  assert.deepEqual([bound.premiumMinor, bound.heldBackMinor], [bound.beforeDiscountMinor, discountMinor])
  const partly = priced({ ...planExample(), minimumPerDayMicro: ((free.premiumMinor + 100) * 1e6) / 30 })
  assert.equal(partly.heldBackMinor, 100)
  for (const above of [100, 100_000])
    assert.equal(priced(planExample(), free.premiumMinor + above).heldBackMinor, Math.min(above, discountMinor))
})

test('computePremium holds a term within its limit of change, and a rise until it was told', () => {
  const far = { distanceM: 9_000_000, gradableM: 9_000_000, cleanM: 0 }
  const factors = (changes: Partial<PremiumInput>): number[] => {
    const {
      behaviour_factor,
      start_factor,
      factor_in_force,
      usage_charge,
      behaviour_adjustment,
      clean_discount,
      change_adjustment,
    } = stepsOf(second({ exposure: far, ...changes }))
    const charged = usage_charge! + behaviour_adjustment! - clean_discount! + change_adjustment!
    return [behaviour_factor!, start_factor!, factor_in_force!, Math.round((charged / usage_charge!) * 1e6)]
  }
  assert.deepEqual(factors({ margin: 5 }), [1_900_000, 1_000_000, 1_100_000, 1_100_000])
  assert.deepEqual(factors({ margin: 5, days: 7 }), [1_900_000, 1_000_000, 1_000_000, 1_000_000])
  assert.deepEqual(factors({ margin: -5, days: 7 }), [550_000, 1_000_000, 900_000, 900_000])
  // Renewed: the factor of the term before was 1.9, but 1.1 was in force, and 20 % more is the most.
  const renewedFrom = { receiptId: 'RCP-1', behaviourFactorPpm: 1_900_000, factorInForcePpm: 1_100_000 }
  assert.deepEqual(factors({ margin: 5, renewedFrom }), [1_900_000, 1_320_000, 1_452_000, 1_452_000])
  assert.deepEqual(factors({ margin: 0.2, renewedFrom }), [1_199_263, 1_320_000, 1_199_263, 1_199_263])
})

test('computePremium holds a relativity that is carried on within the caps of plan and place, as it holds the model’s', () => {
  const carriedOn = (carriedPpm: number, changes: Partial<PremiumInput> = {}): number | undefined =>
    stepsOf(price({ carriedPpm, exposure: { distanceM: 9000, gradableM: 0, cleanM: 0 }, ...changes })).relativity
  const plan = secondPlanExample()
  const at = (jurisdiction: string) => ({ plan, rated: { jurisdiction } })
  assert.equal(carriedOn(1_400_000), 1_400_000)
  assert.equal(carriedOn(2_100_000), 2_000_000)
  assert.equal(carriedOn(400_000), 500_000)
  assert.equal(carriedOn(1_400_000, at('DE')), 1_400_000)
  assert.equal(carriedOn(1_400_000, at('FR')), 1_000_000)
  assert.equal(carriedOn(800_000, at('FR')), 800_000)
  for (const carriedPpm of [800_000, 1_400_000]) assert.equal(carriedOn(carriedPpm, at('US-CA')), 1_000_000)
})

test('computePremium weighs the relativities of coverages exactly', () => {
  const rates = { a: 10 ** 12 + 1, b: 10 ** 12 }
  const coverages = Object.entries(rates).map(([name, perKmMicro]) => ({
    name,
    perDayMicro: 0,
    perKmMicro,
    behaviour: true,
  }))
  const plan = { ...planExample(), coverages }
  const exposure = { distanceM: 5000, gradableM: 5000, cleanM: 0 }
  for (const a of [1_500_000, 1_500_001, 1_500_002, 1_500_003]) {
    const slopeOf = (relativity: number): number => Math.log(relativity / 1e6)
    const coverageSlopes = { a: slopeOf(a), b: slopeOf(a + 1) }
    const steps = stepsOf(price({ plan, exposure, margin: 1, coverageSlopes }))
    assert.equal(steps['model_relativity of b'], steps['model_relativity of a']! + 1)
    // One half less one part of two billions: down to the one of a, whose rate weighs more.
    assert.equal(steps.model_relativity, a)
  }
})
