import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { computePremium } from '../pricing/premium.ts'
import { planExample, receiptInputExample, secondPlanExample, tripExample } from '../pricing/pricing-example.ts'
import { issueReceipt } from '../pricing/receipt.ts'
import { type PricedReasons, reasonsInMoney } from './reasons-in-money.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** 1,000 km, all of them judged: half of the model is believed. */
function priced(shaps: readonly number[], { base = 0, gradableM = 1_000_000 } = {}): PricedReasons {
  const plan = planExample()
  const { steps } = computePremium({
    plan,
    exposure: { distanceM: 1_000_000, gradableM, cleanM: 0 },
    days: 30,
    margin: shaps.reduce((sum, shap) => sum + shap, base),
    baseMargin: 0,
    beforeMinor: 0,
  })
  const features = shaps.map((shap, index) => ({ name: `f${index}`, unit: 'share', value: 0, shap }))
  const model = { name: 'm', version: '1', featureVersion: 1, modelHash: '', manifestHash: '', baseMargin: 0 }
  const term = { startsAt: 0, endsAt: 1, days: 30 }
  return { features, shapBase: base, model, plan, term, steps }
}

test('reasonsInMoney agrees with parts worked out by hand', () => {
  // r = e^0.2 = 1.221403, R = 1 + 0.5 × 0.221403 = 1.110702, rounded half up; U = 4 minor a km × 1000 km.
  const { totalMicro, baseMicro, features } = reasonsInMoney(priced([0.3, -0.1]), { charge: 'term' })
  assert.equal(totalMicro, 442_808_000)
  assert.deepEqual(
    features.map(({ micro }) => Math.round(micro / 1e4)),
    [66_421, -22_140], // 442.8055 × 0.3 ÷ 0.2 and × −0.1 ÷ 0.2
  )
  assert.ok(Math.abs(baseMicro) < 4000, `${baseMicro} is more than rounding`)
})

test('reasonsInMoney tells two reasons that cancel out as two amounts that cancel out', () => {
  const { totalMicro, features } = reasonsInMoney(priced([0.25, -0.25]), { charge: 'term' })
  assert.equal(totalMicro, 0)
  assert.deepEqual(
    features.map(({ micro }) => micro),
    [500_000_000, -500_000_000], // U × Z × 0.25
  )
})

test('reasonsInMoney is nothing where the kilometres are too few to be scored', () => {
  const { totalMicro, baseMicro, features } = reasonsInMoney(priced([0.5], { gradableM: 4999 }), { charge: 'term' })
  assert.deepEqual([totalMicro, baseMicro, features[0]?.micro], [0, 0, 0])
})

test('reasonsInMoney shares out no more than the cap lets through', () => {
  const { totalMicro, features } = reasonsInMoney(priced([2, 1]), { charge: 'term' })
  assert.equal(totalMicro, 2_000_000_000) // R = 1 + 0.5 × (2 − 1)
  assert.deepEqual(
    features.map(({ micro }) => Math.round(micro / 1e6)),
    [1333, 667],
  )
})

test('reasonsInMoney has the signs of the SHAP values, equal parts for equal ones, and adds up exactly', () => {
  const shap = fc.double({ min: -1, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.array(shap, { minLength: 1, maxLength: 12 }), shap, fc.boolean(), (shaps, base, ofMonth) => {
      const charge = ofMonth ? 'month' : 'term'
      const { totalMicro, baseMicro, features } = reasonsInMoney(priced([...shaps, shaps[0]!], { base }), { charge })
      assert.equal(
        features.reduce((sum, { micro }) => sum + micro, baseMicro),
        totalMicro,
      )
      for (const [index, { micro }] of features.entries()) {
        const shap = shaps[index] ?? shaps[0]!
        assert.ok(micro === 0 || Math.sign(micro) === Math.sign(shap), `${micro} for ${shap}`)
        if (Math.abs(shap) > 1e-6) assert.notEqual(micro, 0)
      }
      assert.equal(features.at(-1)?.micro, features[0]?.micro)
      // The base's part is its own and what rounding left over: a millionth of the charge.
      const ratio = features.find(({ micro }) => Math.abs(micro) > 1e6)
      if (ratio) {
        const perShap = ratio.micro / (shaps[features.indexOf(ratio)] ?? shaps[0]!)
        assert.ok(Math.abs(baseMicro - perShap * base) < 20_000, `${baseMicro} is not ${perShap * base}`)
      }
    }),
    { seed: 4 },
  )
})

test("reasonsInMoney of a receipt adds up to its behaviour adjustment, and of its month to the month's", () => {
  const events = [{ kind: 'harsh_braking', band: 'coach', grade: 'A' } as const]
  const { receipt } = issueReceipt(receiptInputExample(sha256, [tripExample(0, { events }), tripExample(4)]))
  const stepOf = (name: string): number => receipt.steps.find((step) => step.name === name)!.value
  assert.equal(reasonsInMoney(receipt, { charge: 'term' }).totalMicro, stepOf('behaviour_adjustment'))
  // The month at this relativity, less the same month at relativity one: 30 days × 10 + 4000 minor a month.
  const neutral = 300 + 4000 * (1 - stepOf('discount') / 1e6)
  const { totalMicro } = reasonsInMoney(receipt, { charge: 'month' })
  assert.ok(Math.abs(totalMicro / 1e6 - (stepOf('month') - neutral)) <= 1)
  assert.notEqual(totalMicro, 0)
})

test('reasonsInMoney of a month goes by the classes of the policy and within the limits of change', () => {
  const rated = { jurisdiction: 'DE', classes: { vehicle: 'large' } }
  const renewed = { receiptId: 'RCP-1', behaviourFactorPpm: 1_250_000, factorInForcePpm: 1_200_000 }
  const brake = { kind: 'harsh_braking', band: 'count', grade: 'A' } as const
  const monthly = (brakes: number, renewedFrom?: typeof renewed, days = 30) => {
    const trips = [tripExample(0, { km: 900, events: Array(brakes).fill(brake) })]
    const input = { ...receiptInputExample(sha256, trips), plan: secondPlanExample(), rated, renewedFrom }
    const { receipt } = issueReceipt({ ...input, issuedAt: input.term.startsAt + days * 86_400_000 })
    const { totalMicro, baseMicro, features } = reasonsInMoney(receipt, { charge: 'month' })
    assert.equal(
      features.reduce((sum, { micro }) => sum + micro, baseMicro),
      totalMicro,
    )
    const stepOf = (name: string): number => receipt.steps.find((step) => step.name === name)!.value
    return { totalMicro, features, factor: (name: string) => stepOf(name) / 1e6 }
  }
  // 4,000 minor a month, a fifth more for a large car. The factor without a change of risk is 1 − discount.
  const usageMicro = 4_000 * 1.2 * 1e6
  const isAbout = (found: number, factor: number) =>
    assert.ok(Math.abs(found / usageMicro - factor) < 1e-5, `${found / usageMicro} is not ${factor}`)
  const inBand = monthly(300, renewed)
  assert.ok(inBand.factor('behaviour_factor') === inBand.factor('factor_in_force'))
  isAbout(inBand.totalMicro, inBand.factor('factor_in_force') - 1.125) // 1 is below what the limits leave
  const free = monthly(44, { ...renewed, behaviourFactorPpm: 800_000, factorInForcePpm: 800_000 })
  assert.ok(free.factor('relativity') < 1 && free.factor('discount') > 0)
  isAbout(free.totalMicro, (free.factor('relativity') - 1) * (1 - free.factor('discount')))
  const above = monthly(300)
  isAbout(above.totalMicro, 1.1 - 1)
  const noticed = monthly(300, undefined, 5)
  isAbout(noticed.totalMicro, 0) // in the days of notice nothing rises
  assert.ok(noticed.features.every(({ micro }) => micro === 0))
  isAbout(monthly(0).totalMicro, 0) // less than what the limits leave, with the relativity one too
})

test('reasonsInMoney refuses a receipt without the steps it needs', () => {
  const receipt = priced([0.1])
  const steps = receipt.steps.filter(({ name }) => name !== 'relativity')
  assert.throws(() => reasonsInMoney({ ...receipt, steps }, { charge: 'term' }), /no step "relativity"/)
})
