import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exposureOf, inOrder } from './exposure.ts'
import { planExample, tripExample } from './pricing-example.ts'

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

test('exposureOf refuses a clean unit that it does not know', () => {
  const other = { ...plan, discount: { ...plan.discount, cleanUnit: 'stretch' as 'trip' } }
  assert.throws(() => exposureOf([tripExample(0)], other), /plan "example-1": its clean unit is "stretch"/)
})

test('inOrder sorts by start and then by id', () => {
  const [a, b] = [tripExample(3), tripExample(1)]
  const twin = { ...b, id: 'TRP-000000' }
  assert.deepEqual(
    inOrder([a, b, twin]).map(({ id }) => id),
    ['TRP-000000', 'TRP-000001', 'TRP-000003'],
  )
})
