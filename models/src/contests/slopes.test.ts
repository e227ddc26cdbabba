import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slopesOf } from './slopes.ts'

const seconds = (count: number, altM: (n: number) => number | null, speedMps: number | null = 10) =>
  Array.from({ length: count }, (_, n) => ({ at: n * 1000, altM: altM(n), speedMps }))

test('slopesOf takes rise over run of the seconds around each one', () => {
  assert.deepEqual(slopesOf(seconds(9, (n) => 300 + n)).slice(3, 6), [0.1, 0.1, 0.1])
  // One height that is off hardly shows.
  const [middle] = slopesOf(seconds(9, (n) => (n === 4 ? 303 : 300))).slice(4, 5)
  assert.equal(middle, 0)
})

test('slopesOf says nothing of a car that stands, or where nothing is known', () => {
  assert.deepEqual(slopesOf(seconds(3, (n) => 300 + n, 0)), [null, null, null])
  assert.deepEqual(slopesOf(seconds(2, () => null)), [null, null])
  assert.deepEqual(slopesOf(seconds(9, (n) => 300 + n, null))[4], null)
})
