import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parityRows } from './parity-rows.ts'

const parity = {
  rows: [
    [1, null, 100],
    [2, null, 200],
  ],
  margins: [],
  contributions: [],
}

test('parityRows makes rows near those of the artifact, some values unknown', () => {
  const rows = parityRows(parity, 1000, 3)
  assert.equal(rows.length, 3000)
  const columns = [0, 1, 2].map((column) => [...rows].filter((_, index) => index % 3 === column))
  assert.ok(columns[0]!.every((value) => Number.isNaN(value) || (value >= 0.79 && value <= 2.51)))
  assert.ok(columns[1]!.every(Number.isNaN))
  assert.ok(new Set(columns[2]!).size > 900)
  const unknown = columns[0]!.filter(Number.isNaN).length
  assert.ok(unknown > 20 && unknown < 90, `${unknown} of 1000 are unknown`)
})

test('parityRows makes the same rows from the same seed, and others from another', () => {
  assert.deepEqual(parityRows(parity, 10, 4), parityRows(parity, 10, 4))
  assert.notDeepEqual(parityRows(parity, 10, 4), parityRows(parity, 10, 5))
})
