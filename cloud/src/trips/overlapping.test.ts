import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { byIdentity, overlap, overlappedBy, type TimedTrip } from './overlapping.ts'

const trip = fc.record({
  id: fc.uuid(),
  boot: fc.integer({ min: 1, max: 3 }),
  firstSeq: fc.integer({ min: 0, max: 20 }),
  startMs: fc.integer({ min: 0, max: 40 }).map((halfMinutes) => halfMinutes * 30_000),
  endMs: fc.integer({ min: 0, max: 8 }).map((halfMinutes) => halfMinutes * 30_000),
})
const trips = fc
  .array(trip, { maxLength: 30 })
  .map((all) => all.map((one) => ({ ...one, endMs: one.startMs + one.endMs })))

test('overlappedBy gives each trip that overlaps one before it, with such a one, in whatever order they are', () => {
  fc.assert(
    fc.property(trips, fc.infiniteStream(fc.nat()), (all, random) => {
      const found = overlappedBy(all)
      for (const one of all) {
        const others = all.filter((other) => byIdentity(other, one) < 0 && overlap(other, one))
        const over = found.get(one.id)
        if (over === undefined) assert.deepEqual(others, [])
        else assert.ok(others.some(({ id }) => id === over))
      }
      const mixed = all.toSorted(() => random.next().value! - random.next().value!)
      assert.deepEqual([...overlappedBy(mixed)].toSorted(), [...found].toSorted())
    }),
  )
})

test('overlappedBy takes a moment for trips that all overlap each other', () => {
  const all = Array.from({ length: 50_000 }, (_, n): TimedTrip => {
    const startMs = (n * 7_919) % 100_000
    return { id: `TRP-${n}`, boot: 1, firstSeq: n, startMs, endMs: startMs + 3_600_000 }
  })
  const before = performance.now()
  assert.equal(overlappedBy(all).size, all.length - 1)
  const tookMs = performance.now() - before
  assert.ok(tookMs < 2_000, `${tookMs} ms`)
})
