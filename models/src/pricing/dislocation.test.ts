import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dislocationOf } from './dislocation.ts'

const to = (after: number) => ({ before: 1000, after })
const steps = (...changes: { before: number; after: number }[]): Record<string, number> =>
  Object.fromEntries(
    dislocationOf(changes)
      .steps.filter(({ drivers }) => drivers > 0)
      .map(({ name, drivers }) => [name, drivers]),
  )

test('dislocationOf counts each premium in its step', () => {
  assert.deepEqual(steps(to(700), to(850), to(930), to(970), to(999)), {
    'below −20 %': 1,
    '−20 to −10 %': 1,
    '−10 to −5 %': 1,
    '−5 to −2 %': 1,
    '−2 to 0 %': 1,
  })
  assert.deepEqual(steps(to(1000), to(1001), to(1030), to(1070), to(1150), to(1300)), {
    unchanged: 1,
    '0 to 2 %': 1,
    '2 to 5 %': 1,
    '5 to 10 %': 1,
    '10 to 20 %': 1,
    'above 20 %': 1,
  })
})

test('dislocationOf says how many pay less and more, the mean and the largest change', () => {
  const { drivers, cheaper, dearer, meanPercent, largestPercent } = dislocationOf([to(900), to(1000), to(1040)])
  assert.deepEqual([drivers, cheaper, dearer], [3, 1, 1])
  assert.ok(Math.abs(meanPercent! + 2) < 1e-9 && Math.abs(largestPercent! + 10) < 1e-9)
  assert.deepEqual([dislocationOf([]).meanPercent, dislocationOf([]).largestPercent], [null, null])
})
