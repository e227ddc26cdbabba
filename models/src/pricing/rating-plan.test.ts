import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { planExample } from './pricing-example.ts'
import { parseRatingPlan, planHash } from './rating-plan.ts'

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
      for (const part of ['"example-1"', 'discount.maxPpm: 0 to 450000', 'currency', 'coverages "liability"'])
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
