import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitWords } from './wait-words.ts'

test('waitWords never say less than the wait is', () => {
  assert.deepEqual([1, 40, 119.2, 120, 592].map(waitWords), [
    '1 second',
    '40 seconds',
    '120 seconds',
    '2 minutes',
    '10 minutes',
  ])
})
