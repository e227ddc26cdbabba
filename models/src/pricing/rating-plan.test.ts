import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ratingPlanSchema } from '@fairmile/contract/rating-plan-schema.ts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { driverFeatures } from '../features/driver.ts'
import { planExample, secondPlanExample } from './pricing-example.ts'
import { checkRatingPlan, InvalidPlanError, parseRatingPlan, planHash } from './rating-plan.ts'
import { ratingFactorOf } from './rating-terms.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const plans = join(import.meta.dirname, '../../plans')

test('parseRatingPlan reads every plan of the repository', () => {
  const files = globSync('*.json', { cwd: plans })
  assert.ok(files.length > 0)
  for (const file of files) assert.equal(`${parseRatingPlan(readFileSync(join(plans, file), 'utf8')).id}.json`, file)
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
  const byFamily = Map.groupBy(driverFeatures, ({ name }) => ratingFactorOf(name))
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
