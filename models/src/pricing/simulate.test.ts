import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { planExample, pricingModelExample, secondPlanExample, tripExample } from './pricing-example.ts'
import { createSimulation, type SimulatedPolicy } from './simulate.ts'

const { model } = pricingModelExample((text) => createHash('sha256').update(text).digest('hex'))
const brake = { kind: 'harsh_braking', band: 'count', grade: 'A' } as const

const policy = (n: number, changes: Partial<SimulatedPolicy> = {}): SimulatedPolicy => ({
  policyId: `POL-${n}`,
  driverId: `DRV-${n}`,
  before: planExample(),
  rated: {},
  startsAt: tripExample(0).startAt,
  days: 30,
  trips: Array.from({ length: 6 }, (_, trip) => tripExample(trip * 3, { km: 60, events: trip < n ? [brake] : [] })),
  ...changes,
})

function simulate(plan = planExample(), policies = [0, 1, 3].map((n) => policy(n)), assume = {}) {
  const simulation = createSimulation({ plan, model, assume })
  for (const one of policies) simulation.add(one)
  return simulation.result()
}

test('createSimulation finds no change where the plan is the same, and prices both clean units', () => {
  const result = simulate()
  assert.deepEqual([result.policies, result.distanceKm, result.notRated], [3, 1080, []])
  assert.deepEqual(result.offBalance, { ratio: 1, balancingFactor: 1 })
  assert.deepEqual(
    [result.dislocation.cheaper, result.dislocation.dearer, result.dislocation.largestPercent],
    [0, 0, 0],
  )
  assert.equal(result.dislocation.steps.find(({ name }) => name === 'unchanged')?.drivers, 3)
  assert.equal(result.cleanUnits.trip.totalMinor, result.afterMinor)
  // 4 of 18 trips are unclean; 4 stretches are less than 4 trips of 60 km.
  assert.equal(result.cleanUnits.trip.cleanSharePpm, Math.round((14 / 18) * 1e6))
  assert.equal(result.cleanUnits.stretch.cleanSharePpm, Math.round((1040 / 1080) * 1e6))
  assert.ok(result.cleanUnits.stretch.totalMinor < result.cleanUnits.trip.totalMinor)
})

test('createSimulation tells the off-balance that would bring as much, and the coverages that add up to the total', () => {
  const plan = {
    ...planExample(),
    id: 'dearer',
    coverages: planExample().coverages.map((coverage) => ({ ...coverage, perKmMicro: coverage.perKmMicro * 2 })),
  }
  const result = simulate(plan)
  assert.ok(result.offBalance!.ratio > 1.5 && result.offBalance!.ratio < 2)
  assert.ok(Math.abs(result.offBalance!.ratio * result.offBalance!.balancingFactor - 1) < 1e-12)
  assert.equal(result.dislocation.dearer, 3)
  for (const side of ['beforeMinor', 'afterMinor'] as const) {
    const sum = result.coverages.reduce((total, coverage) => total + coverage[side], 0)
    assert.ok(Math.abs(sum - result[side]) <= 3, `${side}: ${sum} and ${result[side]}`)
  }
  const hail = result.coverages.find(({ name }) => name === 'hail')
  assert.deepEqual(hail, { name: 'hail', beforeMinor: 900, afterMinor: 900 })
})

test('createSimulation parts what counted events cost between relativity, discount and both', () => {
  const { events } = simulate(planExample(), [policy(3)])
  assert.ok(events.relativityMinor > 0 && events.discountMinor > 0, JSON.stringify(events))
  assert.deepEqual(simulate(planExample(), [policy(0)]).events, {
    relativityMinor: 0,
    discountMinor: 0,
    jointlyMinor: 0,
  })
  const plan = planExample()
  const blind = { ...plan, relativity: { ...plan.relativity, minPpm: 1e6, maxPpm: 1e6 } }
  const alone = simulate(blind, [policy(3)]).events
  assert.deepEqual([alone.relativityMinor, alone.jointlyMinor], [0, 0])
  assert.ok(alone.discountMinor > 0)
})

test('createSimulation leaves out what the plan cannot price and says why, unless it may assume', () => {
  const plan = secondPlanExample()
  const policies = [
    policy(0),
    policy(1, {
      rated: { jurisdiction: 'DE', classes: { colour: 'red' } },
      before: { ...plan, classes: [{ name: 'colour', levels: { red: 1e6 }, otherwisePpm: 1e6 }] },
    }),
  ]
  const strict = simulate(plan, policies)
  assert.equal(strict.policies, 1)
  assert.match(strict.notRated[0]!.reason, /names no jurisdiction/)
  assert.equal(simulate(plan, policies, { jurisdiction: 'EU-default' }).policies, 2)
  const dollars = { ...planExample(), currency: 'USD' }
  assert.deepEqual(simulate(planExample(), [policy(0, { before: dollars })]).notRated, [
    { reason: 'its plan is in USD', policies: 1 },
  ])
})

test('createSimulation of nothing says nothing', () => {
  const { offBalance, cleanUnits, dislocation } = simulate(planExample(), [])
  assert.deepEqual([offBalance, cleanUnits.trip.cleanSharePpm, dislocation.meanPercent], [null, null, null])
})
