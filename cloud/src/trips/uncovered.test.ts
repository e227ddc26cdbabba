import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uncovered } from './uncovered.ts'

const range = (firstSeq: number, lastSeq: number) => ({ firstSeq, lastSeq })

test('uncovered gives what lies before, between and behind, whatever overlaps', () => {
  assert.deepEqual(uncovered(range(10, 100), []), [range(10, 100)])
  assert.deepEqual(uncovered(range(10, 100), [range(50, 60), range(20, 55), range(1, 12)]), [
    range(13, 19),
    range(61, 100),
  ])
  assert.deepEqual(uncovered(range(10, 100), [range(1, 200)]), [])
  assert.deepEqual(uncovered(range(10, 100), [range(90, 120), range(0, 0)]), [range(10, 89)])
  assert.deepEqual(uncovered(range(10, 100), [range(150, 160)]), [range(10, 100)])
})
