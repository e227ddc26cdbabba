import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDoubt } from './doubt.ts'

/** After how many failures a model that fails every `every`th time is set aside; null where it never is. */
const setAsideAfter = (every: number, isLate = false): number | null => {
  const doubt = createDoubt()
  for (let n = 1; n <= 1000; n++) {
    for (let i = 1; i < every; i++) doubt.good()
    if (doubt.failed(isLate)) return n
  }
  return null
}

test('createDoubt has too much of three failures in a row, two late answers, or failures again and again', () => {
  assert.deepEqual([setAsideAfter(1), setAsideAfter(1, true)], [3, 2])
  const often = setAsideAfter(8) ?? assert.fail()
  assert.ok(often > 3 && often < 12, `${often}`)
})

test('createDoubt bears a failure now and then', () => {
  assert.equal(setAsideAfter(12), null)
  const doubt = createDoubt()
  assert.deepEqual([doubt.failed(false), doubt.failed(false)], [false, false])
  doubt.clear()
  assert.equal(doubt.failed(false), false)
})
