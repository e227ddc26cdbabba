import assert from 'node:assert/strict'
import { test } from 'node:test'
import { driverFeatures, writeDriverFeatures } from '../features/driver.ts'
import { exposureOf } from '../pricing/exposure.ts'
import { countedBrake, planExample, tripExample } from '../pricing/pricing-example.ts'
import { driverStatistics } from '../trips/driver-statistics.ts'
import { type CountedEvent, withoutEvents } from './without-events.ts'

const brake = { kind: 'harsh_braking', band: 'count', grade: 'A' } as const
const trips = [tripExample(0, { events: [brake, brake] }), tripExample(4, { events: [brake] })]
const [first, second] = trips
const inTrip = (trip = first): CountedEvent => ({ ...brake, tripId: trip!.id })

test('withoutEvents takes events out of their trips, and leaves the trips it was given alone', () => {
  const after = withoutEvents(trips, [inTrip(), inTrip(second)])
  assert.deepEqual(
    after.map(({ statistics }) => statistics.events),
    [[countedBrake], []],
  )
  assert.deepEqual(first?.statistics.events, [{ ...countedBrake, count: 2 }])
})

test('withoutEvents changes the rate of that kind alone, and cleans the trip that had no other', () => {
  const row = (of: typeof trips): number[] => {
    const out = new Float32Array(driverFeatures.length)
    writeDriverFeatures(driverStatistics(of), out)
    return [...out]
  }
  const after = withoutEvents(trips, [inTrip(second)])
  const [a, b] = [row(trips), row(after)]
  const changed = driverFeatures.filter((_, index) => !Object.is(a[index], b[index])).map(({ name }) => name)
  assert.deepEqual(changed, ['harsh_braking_rate'])
  assert.deepEqual(
    [trips, after].map((of) => exposureOf(of, planExample()).cleanM),
    [0, 20_000],
  )
})

test('withoutEvents refuses an event that was not counted, or is of another trip', () => {
  const coach = { ...inTrip(), band: 'coach' } as const
  assert.throws(() => withoutEvents(trips, [coach]), /counted no \(more\) harsh_braking of band coach and grade A/)
  assert.throws(() => withoutEvents(trips, [inTrip(second), inTrip(second)]), /no \(more\)/)
  assert.throws(() => withoutEvents(trips, [{ ...brake, tripId: 'TRP-9' }]), /not among these trips/)
})
