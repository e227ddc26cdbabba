import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { computePremium, type PremiumInput } from './premium.ts'
import {
  checkExample,
  issuerExample,
  receiptInputExample,
  resigningExample,
  secondPlanExample,
  tripExample,
} from './pricing-example.ts'
import { issueReceipt } from './receipt.ts'
import { termPremium } from './term-premium.ts'
import { verifyReceipt } from './verify.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const plan = secondPlanExample()
const bad = { receiptId: 'RCP-0', behaviourFactorPpm: 1_300_000, factorInForcePpm: 1_300_000 }
const good = { receiptId: 'RCP-0', behaviourFactorPpm: 300_000, factorInForcePpm: 300_000 }

/** Start and present factor of an average driver in a renewed term of the example's plan. */
function factors(jurisdiction: string, changes: Partial<PremiumInput>): number[] {
  const { steps } = computePremium({
    ...{ plan, rated: { jurisdiction }, days: 90, margin: 0, baseMargin: 0, beforeMinor: 0 },
    exposure: { distanceM: 1_000_000, gradableM: 1_000_000, cleanM: 0 },
    ...changes,
  })
  return ['start_factor', 'factor_in_force'].map((name) => steps.find((step) => step.name === name)!.value)
}

test('computePremium starts no term at what plan and place do not let behaviour do', () => {
  // Kilometres alone count.
  for (const renewedFrom of [bad, good]) assert.deepEqual(factors('US-CA', { renewedFrom }), [1_000_000, 1_000_000])
  // No surcharge; half the price by relativity and a fifth by discount at most.
  assert.deepEqual(factors('FR', { renewedFrom: bad }), [1_000_000, 1_000_000])
  assert.equal(factors('FR', { renewedFrom: good })[0], 400_000)
  assert.equal(factors('DE', { renewedFrom: bad })[0], 1_300_000)
  assert.deepEqual(factors('FR', { renewedFrom: bad, arithmetic: 2 })[0], 1_300_000)
})

test('computePremium goes on within the limits of the term where another policy became this one', () => {
  const went = (termStartPpm: number, inForcePpm: number) => ({
    endorsementOf: { policyId: 'POL-0', fees: [], factors: { receiptId: 'RCP-0', termStartPpm, inForcePpm } },
  })
  const margin = 5
  // In the days of notice nothing above what was in force; then up to a tenth above where the term began, not above what was in force.
  assert.deepEqual(factors('DE', { ...went(1_000_000, 1_000_000), margin, days: 7 }), [1_000_000, 1_000_000])
  assert.deepEqual(factors('DE', { ...went(1_000_000, 950_000), margin, days: 7 }), [950_000, 950_000])
  assert.deepEqual(factors('DE', { ...went(1_000_000, 1_100_000), margin }), [1_100_000, 1_100_000])
  assert.deepEqual(factors('DE', { ...went(1_000_000, 1_100_000), margin: -5 }), [1_100_000, 900_000])
  // What was in force in another place may be beyond: it stays there or comes nearer.
  assert.deepEqual(factors('DE', { ...went(800_000, 1_000_000), margin }), [1_000_000, 1_000_000])
  assert.deepEqual(factors('US-CA', { ...went(800_000, 900_000), margin }), [1_000_000, 1_000_000])
  const still = structuredClone(plan)
  for (const place of still.jurisdictions ?? []) place.change.midTermAllowed = false
  for (const changed of [margin, -5])
    assert.deepEqual(factors('DE', { ...went(1_000_000, 950_000), plan: still, margin: changed }), [950_000, 950_000])
})

const input = {
  ...receiptInputExample(sha256, [tripExample(5, { km: 900 })]),
  ...{ plan, rated: { jurisdiction: 'US-CA' }, renewedFrom: bad },
}
const known = {
  ...{ model: input.model, plans: [plan] as RatingPlan[], before: [], hash: sha256 },
  ...{ checkSignature: checkExample(sha256), keys: [issuerExample(sha256)] },
}

test('verifyReceipt re-derives the start of a term by the arithmetic that it was issued by', () => {
  const { receipt } = issueReceipt(input)
  const { premiumMinor, steps: before } = termPremium({ ...input, arithmetic: 2 })
  assert.ok(premiumMinor > receipt.premiumMinor)
  const ledgerSteps = receipt.steps.slice(receipt.steps.findIndex(({ name }) => name === 'billed_before'))
  const steps = [...before, ...ledgerSteps].map((step) =>
    step.name === 'to_be_billed' ? { ...step, value: premiumMinor } : step,
  )
  const asBefore = resigningExample(sha256)(receipt, { arithmetic: 2, steps, premiumMinor })
  for (const model of [input.model, null])
    for (const some of [receipt, asBefore]) assert.equal(verifyReceipt(some, { ...known, model }).ok, true)
})
