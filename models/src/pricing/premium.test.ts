import assert from 'node:assert/strict'
import { test } from 'node:test'
import { computePremium, type Premium, type PremiumInput } from './premium.ts'
import { planExample } from './pricing-example.ts'

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
