import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { planBounds } from '@fairmile/contract/rating-plan.ts'
import { ratingPlanSchema } from '@fairmile/contract/rating-plan-schema.ts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { knownDriverFeatures } from '../features/driver.ts'
import { tripRules } from '../trips/trip.ts'
import { computePremium } from './premium.ts'
import { planExample, secondPlanExample } from './pricing-example.ts'
import { checkRatingPlan, InvalidPlanError, parseRatingPlan, planHash } from './rating-plan.ts'
import { ratingFactorOf, ratingTerms } from './rating-terms.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const plans = join(import.meta.dirname, '../../plans')

test('parseRatingPlan reads every plan of the repository', () => {
  const files = globSync('*.json', { cwd: plans })
  assert.ok(files.length > 0)
  for (const file of files) assert.equal(`${parseRatingPlan(readFileSync(join(plans, file), 'utf8')).id}.json`, file)
})

test('checkRatingPlan refuses a fee or a tax that is there twice, which a plan in use may have', () => {
  const plan = secondPlanExample()
  const [tax, fee] = [
    { name: 'tax', ratePpm: 1 },
    { name: 'fee', amountMinor: 1 },
  ]
  plan.outside = { fees: [fee, { ...fee, name: 'other' }, fee], taxes: [tax, tax] }
  plan.jurisdictions = [{ ...plan.jurisdictions![0]!, taxes: [tax, tax] }]
  assert.throws(
    () => checkRatingPlan(plan),
    ({ problems }: InvalidPlanError) => {
      const paths = ['outside.fees[2].name', 'outside.taxes[1].name', 'jurisdictions[0].taxes[0].name']
      paths.push('jurisdictions[0].taxes[1].name') // its first is there for every place already
      assert.deepEqual(
        problems.map(({ path }) => path),
        paths,
      )
      return true
    },
  )
  assert.deepEqual(parseRatingPlan(JSON.stringify(plan)), plan)
})

test('checkRatingPlan refuses a currency that there is not, which no premium could be shown in', () => {
  const plan = { ...secondPlanExample(), currency: 'ZZZ' }
  assert.throws(() => checkRatingPlan(plan), /currency: "ZZZ" is no currency/)
  for (const currency of ['EUR', 'CHF', 'JPY']) assert.equal(checkRatingPlan({ ...plan, currency }).currency, currency)
})

test('parseRatingPlan lists every problem at once', () => {
  const plan = planExample()
  plan.discount.maxPpm = 460_000
  plan.currency = 'euro'
  plan.coverages[0]!.perKmMicro = 0.5
  assert.throws(
    () => parseRatingPlan(JSON.stringify(plan)),
    (error: Error) => {
      for (const part of ['"example-1"', 'discount.maxPpm: 0 to 450000', 'currency', 'coverages[0].perKmMicro'])
        assert.ok(error.message.includes(part), error.message)
      return true
    },
  )
})

test('planHash does not depend on the order of keys', () => {
  const plan = planExample()
  const turned = Object.fromEntries(Object.entries(plan).reverse()) as unknown as typeof plan
  assert.equal(planHash(turned, sha256), planHash(plan, sha256))
  assert.notEqual(planHash({ ...plan, version: '1.0.1' }, sha256), planHash(plan, sha256))
})

test('parseRatingPlan refuses a plan that prices crashes', () => {
  const plan = planExample()
  plan.discount.factor.kinds = [...plan.discount.factor.kinds, 'crash']
  assert.throws(() => parseRatingPlan(JSON.stringify(plan)), /never prices anything by itself/)
})

/** Paths of all that is wrong with the plan of the second format, changed so. */
function pathsAfter(change: (plan: ReturnType<typeof secondPlanExample>) => void): string[] {
  const plan = secondPlanExample()
  change(plan)
  try {
    checkRatingPlan(plan)
    return []
  } catch (error) {
    assert.ok(error instanceof InvalidPlanError)
    return error.problems.map(({ path }) => path)
  }
}

test('checkRatingPlan tells the path of what does not fit together', () => {
  assert.deepEqual(
    pathsAfter(() => {}),
    [],
  )
  const paths = pathsAfter((plan) => {
    plan.effectiveUntil = '2025-01-01'
    plan.coverages[0]!.claims = { perBillionKm: 1, perBillionDays: 0, severityMinor: 1 }
    plan.coverages[1]!.name = plan.coverages[0]!.name
    plan.classes![0]!.coverages = ['storm']
    plan.jurisdictions!.push(plan.jurisdictions![0]!)
    plan.discount.evasiveBrakesPer1000Km = 1
    plan.discount.factor.kinds = ['speeding']
  })
  assert.deepEqual(paths, [
    'effectiveUntil',
    'coverages[0].perKmMicro',
    'coverages[1].name',
    'classes[0].coverages',
    `jurisdictions[${secondPlanExample().jurisdictions!.length}].code`,
    'discount.evasiveBrakesPer1000Km',
  ])
})

test('checkRatingPlan lets a plan of the first format have nothing of the second, and nothing unknown', () => {
  assert.deepEqual(
    pathsAfter((plan) => {
      delete plan.format
    }),
    ['effectiveUntil', 'classes', 'jurisdictions', 'outside', 'discount.evasiveBrakesPer1000Km', 'discount.cleanUnit'],
  )
  assert.throws(() => checkRatingPlan({ ...planExample(), maxDiscount: 1 }), /maxDiscount/)
})

test('the published schema is the one that plans are read by, and every plan meets it', () => {
  const file = join(plans, 'schema/rating-plan.schema.json')
  const published = JSON.parse(readFileSync(file, 'utf8'))
  assert.deepEqual(published, ratingPlanSchema(), `write "${file}" anew: npx fairmile-cloud plans schema`)
  const meets = new Ajv2020({ formats: { date: true } }).compile(published)
  for (const name of globSync('*.json', { cwd: plans }))
    assert.ok(meets(JSON.parse(readFileSync(join(plans, name), 'utf8'))), `${name}: ${JSON.stringify(meets.errors)}`)
  assert.equal(meets({ ...planExample(), discount: { ...planExample().discount, maxPpm: 450_001 } }), false)
})

test('every feature of the driver model is of one family that can be switched off', () => {
  const byFamily = Map.groupBy(knownDriverFeatures, ({ name }) => ratingFactorOf(name))
  assert.equal(byFamily.size, 7)
  const namesOf = (family: Parameters<typeof byFamily.get>[0]) => byFamily.get(family)?.map(({ name }) => name)
  assert.deepEqual(namesOf('phone'), ['phone_share'])
  assert.deepEqual(namesOf('night'), ['night_share', 'evening_share'])
  assert.ok(namesOf('harshEvents')?.includes('harsh_lane_change_rate') && namesOf('speeding')?.includes('speed_top'))
  assert.deepEqual(
    namesOf('trips')?.filter((name) => /harsh|hard|jerk|speeding|brak/.test(name)),
    [],
  )
})

test('a place that switches phones off hides what former models take of them', () => {
  const plan = secondPlanExample()
  const [place] = plan.jurisdictions!
  place!.factors = { ...place!.factors, phone: false }
  assert.deepEqual([...ratingTerms(plan, { jurisdiction: place!.code }).hidden], ['phone_share'])
})

test('checkRatingPlan lets nothing be two trips to the discount that is one to the model', () => {
  const joined = (joinMs: number) =>
    pathsAfter((plan) => {
      plan.discount.joinMs = joinMs
    })
  assert.deepEqual(joined(tripRules.joinMs - 1), ['discount.joinMs'])
  assert.deepEqual(joined(tripRules.joinMs), [])
  const first = planExample()
  first.discount.joinMs = 0
  assert.equal(checkRatingPlan(first).discount.joinMs, 0)
})

test('checkRatingPlan takes plans of this millennium alone', () => {
  const from = (effectiveFrom: string) =>
    pathsAfter((plan) => {
      plan.effectiveFrom = effectiveFrom
      plan.effectiveUntil = '2999-12-31'
    })
  for (const year of ['0001', '1999', '3000', '9999'])
    assert.deepEqual(from(`${year}-01-01`).slice(0, 1), ['effectiveFrom'])
  for (const year of ['2000', '2999']) assert.deepEqual(from(`${year}-01-01`), [])
})

/** A plan with everything as large as its bound. */
function largestPlan(): ReturnType<typeof secondPlanExample> {
  const plan = secondPlanExample()
  const { perKmMicro, perDayMicro, relativityPpm, classPpm, feeMinor, distanceM, days, credibilityM } = planBounds
  plan.coverages = [
    { name: 'liability', perDayMicro: perDayMicro / 100, perKmMicro: perKmMicro / 100, behaviour: true },
    { name: 'hail', perDayMicro: 0, perKmMicro: 0, behaviour: false },
  ]
  plan.classes = [{ name: 'vehicle', levels: { large: classPpm }, otherwisePpm: classPpm }]
  plan.minimumPerDayMicro = perDayMicro
  plan.relativity = { ...plan.relativity, maxPpm: relativityPpm, credibilityM: 1, minimumScoredM: 0 }
  plan.discount = { ...plan.discount, credibilityM }
  plan.month = { days, distanceM }
  const taxes = (of: string) => Array.from({ length: 20 }, (_, n) => ({ name: `${of} tax ${n}`, ratePpm: 1_000_000 }))
  plan.outside = {
    fees: Array.from({ length: 20 }, (_, n) => ({ name: `fee ${n}`, amountMinor: feeMinor })),
    taxes: taxes('any'),
  }
  const { midTermAllowed } = plan.jurisdictions![0]!.change
  const change = { midTermAllowed, midTermCapPpm: relativityPpm, renewalCapPpm: relativityPpm, noticeDays: 366 }
  plan.jurisdictions = [{ ...plan.jurisdictions![0]!, change, taxes: taxes('its') }]
  return checkRatingPlan(plan) as typeof plan
}

test('no plan within its bounds has a price that cannot be computed, for 200,000 km a year over four years', () => {
  const plan = largestPlan()
  const rated = { jurisdiction: 'DE', classes: { vehicle: 'large' } }
  const metres = 4 * planBounds.distanceM
  const renewedFrom = { receiptId: 'RCP-0', behaviourFactorPpm: 4_000_000, factorInForcePpm: 4_000_000 }
  for (const from of [undefined, renewedFrom])
    for (const cleanM of [0, metres])
      for (const margin of [-20, 0, 20]) {
        const exposure = { distanceM: metres, gradableM: metres, cleanM }
        const days = 4 * planBounds.days
        const input = { plan, rated, exposure, days, margin, baseMargin: 0, beforeMinor: 0, renewedFrom: from }
        const { premiumMinor } = computePremium({ ...input, coverageSlopes: { liability: 1 } })
        assert.ok(Number.isSafeInteger(premiumMinor) && premiumMinor > 0)
      }
})

test('checkRatingPlan names what is above its bound', () => {
  const paths = pathsAfter((plan) => {
    plan.coverages[0]!.perKmMicro = planBounds.perKmMicro + 1
    plan.relativity.maxPpm = planBounds.relativityPpm + 1
    plan.month.distanceM = planBounds.distanceM + 1
    plan.outside!.fees[0]!.amountMinor = planBounds.feeMinor + 1
  })
  assert.deepEqual(paths, [
    'coverages[0].perKmMicro',
    'relativity.maxPpm',
    'month.distanceM',
    'outside.fees[0].amountMinor',
  ])
  const together = pathsAfter((plan) => {
    plan.coverages[0]!.perKmMicro = planBounds.perKmMicro
  })
  assert.deepEqual(together, ['coverages'])
})
