import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { exposureOf, inOrder } from './exposure.ts'
import { planExample, secondPlanExample, tripExample } from './pricing-example.ts'

const plan = planExample()
const brake = { kind: 'harsh_braking', band: 'count', grade: 'A' } as const

test('exposureOf takes gradable kilometres of trips without a risk factor for clean', () => {
  const trips = [tripExample(0, { gradable: 0.5 }), tripExample(5), tripExample(10, { events: [brake] })]
  assert.deepEqual(exposureOf(trips, plan), { distanceM: 60_000, gradableM: 50_000, cleanM: 30_000 })
})

test('exposureOf takes no lower band, lower grade or other kind for a risk factor', () => {
  const events = [
    { kind: 'harsh_braking', band: 'coach', grade: 'A' },
    { kind: 'harsh_braking', band: 'count', grade: 'B' },
    { kind: 'phone_use', band: 'count', grade: 'A' },
  ] as const
  assert.equal(exposureOf([tripExample(0, { events: [...events] })], plan).cleanM, 20_000)
})

test('exposureOf judges segments less than ten minutes apart as one trip, in any order', () => {
  const first = tripExample(0)
  const soon = { ...tripExample(1, { events: [brake] }), startAt: first.endAt + 599_999 }
  const later = { ...soon, startAt: first.endAt + 600_000 }
  assert.equal(exposureOf([soon, first], plan).cleanM, 0)
  assert.equal(exposureOf([first, later], plan).cleanM, 20_000)
})

test('exposureOf takes what another drove for distance alone, between no two segments of the driver', () => {
  const first = tripExample(0)
  const soon = { ...tripExample(1, { events: [brake] }), startAt: first.endAt + 400_000 }
  const other = { ...tripExample(9, { events: [brake], km: 7 }), driver: 'other' as const }
  assert.deepEqual(exposureOf([first, other], plan), { distanceM: 27_000, gradableM: 20_000, cleanM: 20_000 })
  const between = { ...other, startAt: first.endAt + 100_000, endAt: first.endAt + 300_000 }
  const apart = { ...soon, startAt: first.endAt + 700_000 }
  assert.equal(exposureOf([first, between, soon], plan).cleanM, 0)
  assert.equal(exposureOf([first, between, apart], plan).cleanM, 20_000)
})

const allowing = (allowance: number, cleanUnit: 'trip' | 'stretch' = 'trip'): RatingPlan => ({
  ...plan,
  format: 2,
  discount: { ...plan.discount, cleanUnit, evasiveBrakesPer1000Km: allowance },
})
const brakes = (count: number) => Array.from({ length: count }, () => brake)

test('exposureOf has each risk factor spoil a stretch of its own, wherever trips are cut', () => {
  const plan = allowing(0, 'stretch')
  const whole = [tripExample(0, { km: 90, events: brakes(3) }), tripExample(5, { km: 10, gradable: 0 })]
  assert.deepEqual(exposureOf(whole, plan), { distanceM: 100_000, gradableM: 90_000, cleanM: 60_000 })
  const cut = [tripExample(0, { km: 40, events: brakes(3) }), tripExample(5, { km: 50 }), whole[1]!]
  assert.deepEqual(exposureOf(cut, plan), exposureOf(whole, plan))
  assert.equal(exposureOf([tripExample(0, { km: 20, events: brakes(3) })], plan).cleanM, 0)
})

test('exposureOf forgives the brakes whose trips are worth most, by gradable distance', () => {
  const trips = [
    tripExample(0, { km: 200, events: brakes(1) }),
    tripExample(5, { km: 500, events: brakes(2) }),
    tripExample(20, { km: 400, events: brakes(2) }),
    tripExample(30, { km: 300, events: [...brakes(1), { kind: 'speeding', band: 'count', grade: 'A' }] }),
    tripExample(40, { km: 600 }),
  ]
  const speeding = {
    ...allowing(1),
    discount: {
      ...allowing(1).discount,
      factor: { ...plan.discount.factor, kinds: [...plan.discount.factor.kinds, 'speeding' as const] },
    },
  }
  // 2,000 km forgive two: the trip of 500 km rather than those of 200 or 400; speeding is not forgiven.
  assert.equal(exposureOf(trips, speeding).cleanM, 1_100_000)
  assert.equal(exposureOf(trips.slice(0, 1), allowing(1)).cleanM, 0)
  assert.equal(exposureOf(trips, allowing(0)).cleanM, 600_000)
  // 500 km forgive half a brake: half of its stretch.
  assert.equal(exposureOf([tripExample(0, { km: 500, events: brakes(1) })], allowing(1, 'stretch')).cleanM, 495_000)
})

test('exposureOf leaves out events that the jurisdiction does not let count', () => {
  const trips = [tripExample(0, { events: [brake] })]
  const plan = secondPlanExample()
  assert.equal(exposureOf(trips, plan, { jurisdiction: 'DE' }).cleanM, 10_000 + 200)
  assert.equal(exposureOf(trips, plan, { jurisdiction: 'FR' }).cleanM, 20_000)
})

test('inOrder sorts by start and then by id', () => {
  const [a, b] = [tripExample(3), tripExample(1)]
  const twin = { ...b, id: 'TRP-000000' }
  assert.deepEqual(
    inOrder([a, b, twin]).map(({ id }) => id),
    ['TRP-000000', 'TRP-000001', 'TRP-000003'],
  )
})
