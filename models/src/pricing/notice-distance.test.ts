import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { noticeDistance } from './notice-distance.ts'
import { computePremium, type Premium, type PremiumInput } from './premium.ts'
import {
  checkExample,
  issuerExample,
  receiptInputExample,
  resigningExample,
  secondPlanExample,
  tripExample,
} from './pricing-example.ts'
import { parseRatingPlan } from './rating-plan.ts'
import { issueReceipt } from './receipt.ts'
import { termPremium } from './term-premium.ts'
import { type Verdict, verifyReceipt } from './verify.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const dayMs = 86_400_000
const shipped = parseRatingPlan(readFileSync(join(import.meta.dirname, '../../plans/fairmile-2.json'), 'utf8'))
const stepOf = ({ steps }: Pick<Premium, 'steps'>, name: string): number =>
  steps.find((step) => step.name === name)?.value ?? Number.NaN
/** What kilometres that behaviour moves cost, micro. */
const kilometres = (of: Pick<Premium, 'steps'>): number =>
  stepOf(of, 'usage_charge') +
  stepOf(of, 'behaviour_adjustment') -
  stepOf(of, 'clean_discount') +
  stepOf(of, 'change_adjustment')

/** 2,000 km of a driver at twice the average, under the shipped plan in a place with thirty days of notice. */
const driven = (changes: Partial<PremiumInput>): Premium =>
  computePremium({
    ...{ plan: shipped, rated: { jurisdiction: 'DE' }, margin: Math.LN2, baseMargin: 0, days: 31, beforeMinor: 0 },
    exposure: { distanceM: 2_000_000, gradableM: 2_000_000, cleanM: 0 },
    ...changes,
  })

test('computePremium leaves what was driven in the days of notice as it was when they are over', () => {
  const within = { noticeM: 2_000_000 }
  assert.equal(driven({ ...within, days: 30 }).premiumMinor, 8330)
  // A day's insurance more, and no kilometre.
  assert.equal(driven(within).premiumMinor, 8341)
  assert.equal(driven({}).premiumMinor, 10_341)
})

test('computePremium takes a rise for the kilometres after the days of notice, and a fall for all at once', () => {
  const perKm = 4_000_000
  assert.equal(kilometres(driven({ noticeM: 0 })), 2000 * perKm * 1.25)
  assert.equal(kilometres(driven({ noticeM: 500_000 })), 500 * perKm + 1500 * perKm * 1.25)
  const clean = { margin: -1, exposure: { distanceM: 2_000_000, gradableM: 2_000_000, cleanM: 2_000_000 } }
  for (const noticeM of [0, 500_000, 2_000_000])
    assert.equal(kilometres(driven({ ...clean, noticeM })), 2000 * perKm * 0.75)
  assert.ok(Number.isNaN(stepOf(driven({}), 'notice_distance')))
})

test('noticeDistance counts the trips that began within the days, wherever they ended', () => {
  const trips = [tripExample(0, { km: 10.4 }), tripExample(7 * 24 - 1, { km: 20.3 }), tripExample(7 * 24, { km: 40 })]
  const { startsAt } = receiptInputExample(sha256, []).term
  const change = secondPlanExample().jurisdictions![0]!.change
  assert.equal(noticeDistance(trips, { startsAt, change }), 30_700)
  assert.equal(noticeDistance(trips, { startsAt, change: null }), 0)
})

const brakes = Array.from(
  { length: 200 },
  (_, n) => ({ kind: n % 2 ? 'harsh_braking' : 'harsh_cornering', band: 'coach', grade: 'A' }) as const,
)
const plan = secondPlanExample()
const bad = { km: 400, events: brakes }
const input = {
  ...receiptInputExample(sha256, [tripExample(0, bad), tripExample(48, bad), tripExample(20 * 24, bad)]),
  plan,
  rated: { jurisdiction: 'DE' },
}

test('termPremium asks no more for what was driven in the days of notice, however long the term goes on', () => {
  const early = { ...input, trips: input.trips.slice(0, 2) }
  const at = (days: number): Premium => termPremium({ ...early, issuedAt: input.term.startsAt + days * dayMs })
  assert.ok(stepOf(at(8), 'factor_in_force') > 1_000_000)
  assert.equal(kilometres(at(7)), stepOf(at(7), 'usage_charge'))
  for (const days of [8, 200]) assert.equal(kilometres(at(days)), kilometres(at(7)))
  const all = termPremium(input)
  const [usage, factor] = [stepOf(all, 'usage_charge'), stepOf(all, 'factor_in_force')]
  assert.ok(factor > 1_000_000)
  // The factor is rounded to a millionth.
  assert.ok(Math.abs(kilometres(all) - (usage / 3) * (2 + factor / 1e6)) < usage / 1e6)
})

const issuer = issuerExample(sha256)
const known = {
  ...{ model: input.model, plans: [plan], before: [], hash: sha256 },
  ...{ checkSignature: checkExample(sha256), keys: [issuer] },
}
const told = (verdict: Verdict): unknown => ('differs' in verdict ? verdict.differs.step : verdict.unchecked)

const resigned = resigningExample(sha256)

test('verifyReceipt re-derives a receipt by the arithmetic that it was issued by, and says where an earlier one was believed', () => {
  const { receipt } = issueReceipt(input)
  for (const model of [input.model, null])
    assert.deepEqual(told(verifyReceipt(receipt, { ...known, model })), model ? [] : ['model'])
  // As it was issued until kilometres had days of their own: all of them took the rise.
  const { arithmetic: _now, ...rest } = receipt
  const premium = termPremium({ ...input, arithmetic: 1 })
  assert.ok(premium.premiumMinor > receipt.premiumMinor)
  const ledgerSteps = receipt.steps.slice(receipt.steps.findIndex(({ name }) => name === 'billed_before'))
  const steps = [...premium.steps, ...ledgerSteps].map((step) =>
    step.name === 'to_be_billed' ? { ...step, value: premium.premiumMinor } : step,
  )
  const before = resigned(rest as ReceiptV2, { steps, premiumMinor: premium.premiumMinor })
  assert.equal('arithmetic' in before, false)
  for (const model of [input.model, null])
    assert.deepEqual(told(verifyReceipt(before, { ...known, model })), model ? ['arithmetic'] : ['model', 'arithmetic'])
  assert.equal(told(verifyReceipt(resigned(rest as ReceiptV2, {}), known)), 'standing_charge')
  const other = resigned(receipt, { arithmetic: 4 as 3 })
  assert.equal(told(verifyReceipt(other, known)), 'arithmetic')
})
