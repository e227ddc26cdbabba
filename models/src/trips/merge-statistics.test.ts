import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bands, eventKinds, grades } from '@fairmile/contract/driving-event.ts'
import fc from 'fast-check'
import { canonicalJson } from '../canonical-json.ts'
import { emptyStatistics, mergeStatistics } from './merge-statistics.ts'
import { statisticsExample } from './statistics-example.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const event = fc.record({
  kind: fc.constantFrom(...eventKinds),
  band: fc.constantFrom(...bands),
  grade: fc.constantFrom(...grades),
})
const statistics = fc
  .record({
    km: fc.double({ min: 0.1, max: 200, noNaN: true }),
    gradable: share,
    temper: share,
    events: fc.array(event, { maxLength: 5 }),
  })
  .map(statisticsExample)

/** Canonical JSON with floats to nine digits: sums in another order differ in the last ones. */
function nearly(value: unknown): string {
  return canonicalJson(
    JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'number' ? Number(part.toPrecision(9)) : part)),
  )
}

test('mergeStatistics is commutative', () => {
  fc.assert(
    fc.property(statistics, statistics, (a, b) => assert.deepEqual(mergeStatistics(a, b), mergeStatistics(b, a))),
    { seed: 2 },
  )
})

test('mergeStatistics is associative up to rounding', () => {
  fc.assert(
    fc.property(statistics, statistics, statistics, (a, b, c) =>
      assert.equal(
        nearly(mergeStatistics(mergeStatistics(a, b), c)),
        nearly(mergeStatistics(a, mergeStatistics(b, c))),
      ),
    ),
    { seed: 3 },
  )
})

test('mergeStatistics leaves a trip as it is when nothing is added', () => {
  fc.assert(
    fc.property(statistics, (a) => assert.deepEqual(mergeStatistics(a, emptyStatistics()), a)),
    { seed: 4 },
  )
})
