import assert from 'node:assert/strict'
import { it } from 'node:test'
import { thinnedRows } from './chart-table.ts'

it('thinnedRows keeps first and last, and all where they fit', () => {
  assert.deepEqual(thinnedRows(4, 60), [0, 1, 2, 3])
  assert.deepEqual(thinnedRows(0, 60), [])
  const rows = thinnedRows(500, 60)
  assert.equal(rows.length, 60)
  assert.deepEqual([rows[0], rows.at(-1)], [0, 499])
  assert.ok(rows.every((row, index) => index === 0 || row > rows[index - 1]!))
})
