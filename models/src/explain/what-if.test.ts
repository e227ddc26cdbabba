import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { pricingModelExample, tripExample } from '../pricing/pricing-example.ts'
import { judge } from '../pricing/receipt.ts'
import type { Infer } from '../scoring/scorer.ts'
import { createTreeShap } from './tree-shap.ts'
import { marginOf } from './trees.ts'
import { type WhatIfModel, whatIf } from './what-if.ts'
import { changeRow } from './what-if-changes.ts'
import { withoutEvents } from './without-events.ts'

const { model } = pricingModelExample((text) => createHash('sha256').update(text).digest('hex'))
const { manifest, trees } = model
const width = manifest.features.length
const infer: Infer = async (rows, n) =>
  Float32Array.from({ length: n }, (_, index) => marginOf(trees, rows.subarray(index * width, (index + 1) * width)))
const asked: WhatIfModel = { manifest, infer, shap: createTreeShap(trees) }

const brake = { kind: 'harsh_braking', band: 'coach', grade: 'A' } as const
const trips = [tripExample(0, { events: [brake, brake, brake, brake] }), tripExample(4), tripExample(8)]
const rowOf = (of: typeof trips): Float32Array =>
  Float32Array.from(judge(of, model).features, ({ value }) => value ?? Number.NaN)

test('whatIf tells risk, score and relativity before and after, and which feature did it', async () => {
  const before = rowOf(trips) // 4 brakes in 60 km: 6.7 per 100 km
  const { row: after } = changeRow(manifest.features, before, [{ feature: 'harsh_braking_rate', to: 0 }])
  const told = await whatIf(asked, { before, after, judgedKm: 60 })
  assert.deepEqual(
    [told.before.margin, told.after.margin].map((margin) => Math.round(margin * 1000) / 1000),
    [0, -0.6], // brakes: 0.4 at 5 to 20 and −0.2 below 0.5; the others −0.2 each
  )
  assert.equal(told.after.safetyScore, 100 - told.after.risk)
  assert.ok(Math.abs(told.after.relativity - Math.exp(-0.6)) < 1e-6)
  assert.ok(told.difference.low < told.difference.risk && told.difference.risk < told.difference.high)
  assert.ok(Math.abs(told.difference.risk - (told.after.risk - told.before.risk)) < 1e-9)
  assert.deepEqual(
    told.effects?.map(({ feature }) => feature),
    ['harsh_braking_rate'],
  )
})

test('whatIf of changed statistics is that of the month without those events', async () => {
  const without = withoutEvents(
    trips,
    [0, 1, 2, 3].map(() => ({ ...brake, tripId: trips[0]!.id })),
  )
  const told = await whatIf(asked, { before: rowOf(trips), after: rowOf(without), judgedKm: 60 })
  assert.ok(told.difference.risk < 0)
  assert.equal(told.after.margin, judge(without, model).margin)
})

test('whatIf of no change is no difference, surely', async () => {
  const row = rowOf(trips)
  const { before, after, difference, effects } = await whatIf(asked, { before: row, after: row, judgedKm: 60 })
  assert.deepEqual(before, after)
  assert.deepEqual([difference.risk, difference.low, difference.high], [0, 0, 0])
  assert.deepEqual(effects, [])
})

test('whatIf has effects that add up to the change of the margin', async () => {
  const value = fc.double({ min: 0, max: 30, noNaN: true })
  const rows = fc.array(fc.option(value, { nil: Number.NaN }), { minLength: width, maxLength: width })
  await fc.assert(
    fc.asyncProperty(rows, rows, async (a, b) => {
      const { before, after, effects } = await whatIf(asked, {
        before: Float32Array.from(a),
        after: Float32Array.from(b),
        judgedKm: 10,
      })
      const sum = effects?.reduce((total, { shap }) => total + shap, 0)
      assert.ok(Math.abs(sum! - (after.margin - before.margin)) < 1e-5)
    }),
    { seed: 5 },
  )
})

test('whatIf without SHAP values tells no effects; without a finite margin it tells nothing', async () => {
  const row = rowOf(trips)
  const { effects } = await whatIf({ manifest, infer }, { before: row, after: row, judgedKm: 1 })
  assert.equal(effects, null)
  const broken: Infer = async () => new Float32Array([0, Number.NaN])
  await assert.rejects(
    whatIf({ manifest, infer: broken }, { before: row, after: row, judgedKm: 1 }),
    /margins are 0 and NaN/,
  )
  await assert.rejects(whatIf(asked, { before: row, after: row.subarray(1), judgedKm: 1 }), /for \d+ features/)
})
