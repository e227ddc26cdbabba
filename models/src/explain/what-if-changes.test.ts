import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { driverFeatures, writeDriverFeatures } from '../features/driver.ts'
import { driverStatistics } from '../trips/driver-statistics.ts'
import { statisticsExample } from '../trips/statistics-example.ts'
import { changeRow, type FeatureChange, ImpossibleChange } from './what-if-changes.ts'
import { apart, partsOf, rangeOf } from './what-if-links.ts'

const names = driverFeatures.map(({ name }) => name)
const rowOf = (values: Record<string, number>): Float32Array =>
  Float32Array.from(names, (name) => values[name] ?? Number.NaN)
const at = (row: Float32Array, name: string): number => row[names.indexOf(name)]!
const refused = (values: Record<string, number>, changes: FeatureChange[], pattern: RegExp): void =>
  assert.throws(() => changeRow(names, rowOf(values), changes), { name: 'ImpossibleChange', message: pattern })

test('changeRow sets values and multiples, and leaves the row it was given alone', () => {
  const row = rowOf({ harsh_braking_rate: 4, weekend_share: 0.1 })
  const { row: after, changed } = changeRow(names, row, [
    { feature: 'harsh_braking_rate', times: 0.5 },
    { feature: 'weekend_share', to: 0 },
  ])
  assert.deepEqual([at(after, 'harsh_braking_rate'), at(after, 'weekend_share')], [2, 0])
  assert.equal(at(row, 'harsh_braking_rate'), 4)
  assert.deepEqual(
    changed.map(({ feature, to, carried }) => [feature, to, carried]),
    [
      ['harsh_braking_rate', 2, false],
      ['weekend_share', 0, false],
    ],
  )
})

test('changeRow takes a part or a whole along, as far as it must, and says so', () => {
  const row = rowOf({ braking_share: 0.1, hard_braking_share: 0.06 })
  const down = changeRow(names, row, [{ feature: 'braking_share', to: 0.02 }])
  assert.equal(at(down.row, 'hard_braking_share'), Math.fround(0.02))
  assert.deepEqual(
    down.changed.map(({ feature, carried }) => [feature, carried]),
    [
      ['braking_share', false],
      ['hard_braking_share', true],
    ],
  )
  const up = changeRow(names, row, [{ feature: 'hard_braking_share', to: 0.2 }])
  assert.equal(at(up.row, 'braking_share'), Math.fround(0.2))
  const enough = changeRow(names, row, [{ feature: 'braking_share', to: 0.08 }])
  assert.equal(at(enough.row, 'hard_braking_share'), Math.fround(0.06))
})

test('changeRow refuses what cannot be, with every reason', () => {
  refused(
    { weekend_share: 0.1 },
    [{ feature: 'weekend_share', to: 1.2 }],
    /"weekend_share" would be 1.2 share; it lies between 0 and 1/,
  )
  refused({ weekend_share: 0.1 }, [{ feature: 'weekend_share', times: -1 }], /would be -0\.1/)
  refused({}, [{ feature: 'weekend_share', times: 0.5 }], /is not known, so it has no multiple/)
  refused({ weekend_share: 0.1 }, [{ feature: 'weekend_share', to: Number.NaN }], /would be NaN/)
  refused(
    {},
    [
      { feature: 'star_sign', to: 1 },
      { feature: 'weekend_share', to: 7 },
    ],
    /"star_sign" is no feature.*; "weekend_share"/,
  )
  const twice: FeatureChange[] = [
    { feature: 'weekend_share', to: 0 },
    { feature: 'weekend_share', to: 0.1 },
  ]
  refused({ weekend_share: 0.1 }, twice, /changed twice/)
})

test('changeRow refuses a part larger than its whole where both were asked for, and shares beyond the whole time', () => {
  const both: FeatureChange[] = [
    { feature: 'braking_share', to: 0.1 },
    { feature: 'hard_braking_share', to: 0.2 },
  ]
  refused({}, both, /"hard_braking_share" is a part of "braking_share"/)
  refused({ night_share: 0.5, rush_share: 0.4 }, [{ feature: 'night_share', to: 0.7 }], /would be 110 % of it together/)
})

test('changeRow knows of an unknown feature what it is told, and leaves the others unknown', () => {
  const { row, changed } = changeRow(names, rowOf({}), [{ feature: 'weekend_share', to: 0 }])
  assert.equal(changed[0]?.from, null)
  assert.equal([...row].filter(Number.isNaN).length, names.length - 1)
})

test('changeRow leaves only rows that trips could have: parts within wholes, shares within their time', () => {
  const trips = [0.1, 0.6].map((temper, n) => ({
    startAt: n * 3_600_000,
    endAt: n * 3_600_000 + 60_000,
    statistics: statisticsExample({ km: 30, gradable: 1, temper, events: [] }),
  }))
  const row = new Float32Array(names.length)
  writeDriverFeatures(driverStatistics(trips), row)
  const share = fc.constantFrom(...driverFeatures.filter(({ unit }) => unit === 'share').map(({ name }) => name))
  const change = fc.record({ feature: share, to: fc.double({ min: 0, max: 1, noNaN: true }) })
  fc.assert(
    fc.property(fc.uniqueArray(change, { maxLength: 4, selector: ({ feature }) => feature }), (changes) => {
      const after = tried(row, changes)
      if (!after) return
      for (const [part, whole] of partsOf) assert.ok(!(at(after, part) > at(after, whole)), part)
      for (const group of apart)
        assert.ok(!(group.reduce((sum, name) => sum + at(after, name), 0) > 1.0001), group.join())
    }),
    { seed: 3 },
  )
})

test('rangeOf knows the unit of every driver feature', () => {
  for (const { unit } of driverFeatures) assert.ok(rangeOf(unit).most > rangeOf(unit).least)
  assert.throws(() => rangeOf('furlong'), /"furlong"/)
})

function tried(row: Float32Array, changes: FeatureChange[]): Float32Array | null {
  try {
    return changeRow(names, row, changes).row
  } catch (error) {
    if (error instanceof ImpossibleChange) return null
    throw error
  }
}
