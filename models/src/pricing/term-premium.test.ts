import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { portfolioMargin } from '../scoring/manifest.ts'
import { receiptInputExample, tripExample } from './pricing-example.ts'
import { judge } from './receipt.ts'
import { termPremium } from './term-premium.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const brake = { kind: 'harsh_braking', band: 'count', grade: 'A' } as const
const trips = [tripExample(0, { km: 99, events: [brake, brake] }), ...[3, 9].map((h) => tripExample(h, { km: 3 }))]
const input = receiptInputExample(sha256, trips)
const stepOf = (name: string, of = termPremium(input)): number => of.steps.find((step) => step.name === name)!.value

test('termPremium never falls below what the term had cost after fewer trips', () => {
  const bad = { ...input, plan: { ...input.plan, relativity: { ...input.plan.relativity, credibilityM: 1000 } } }
  const after = input.trips.map((_, n) => termPremium({ ...bad, trips: input.trips.slice(0, n + 1) }).premiumMinor)
  assert.deepEqual(
    after,
    after.toSorted((a, b) => a - b),
  )
  assert.ok(stepOf('computed', termPremium(bad)) < after.at(-1)!)
  assert.equal(stepOf('highest_before', termPremium(bad)), after.at(-2))
})

test('termPremium does not depend on the order in which trips became known', () => {
  assert.deepEqual(termPremium({ ...input, trips: input.trips.toReversed() }), termPremium(input))
})

test('termPremium prices the trips that began before a moment, and the days', () => {
  const until = input.term.startsAt + 86_400_000
  const { trips: some, ...rest } = input
  const few = termPremium({ ...rest, trips: some.filter(({ startAt }) => startAt < until), issuedAt: until })
  assert.deepEqual(termPremium({ ...input, until }), few)
  assert.equal(stepOf('days', few), 1)
})

test('termPremium takes the margin that the receipt tells', () => {
  const { margin } = judge(input.trips, input.model)
  const relativity = Math.round(Math.exp(margin - portfolioMargin(input.model.manifest)) * 1_000_000)
  assert.equal(stepOf('model_relativity'), relativity)
})
