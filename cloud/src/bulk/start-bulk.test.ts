import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summaryOf } from './preview-bulk.ts'
import { movedSince } from './start-bulk.ts'

const thing = (id: string, version = '1', warning: string | null = null) => ({ id, version, warning })

test('movedSince finds what is gone, new and changed, and nothing where all is as it was seen', () => {
  const seen = [thing('A'), thing('B'), thing('C', '1', 'ended'), thing('D')]
  assert.deepEqual(movedSince(seen, seen.toReversed()), [])
  const now = [thing('B', '2'), thing('C'), thing('D', '1', 'ended'), thing('E')]
  assert.deepEqual(
    movedSince(seen, now).map(({ id, message }) => `${id} ${message}`),
    ['A is in the selection no more', 'B was changed', 'C can be changed now', 'D ended', 'E is new in the selection'],
  )
})

test('summaryOf counts what would be left out by why, and shows what would be changed first', () => {
  const things = Array.from({ length: 50 }, (_, n) => ({
    ...thing(`T-${n}`, '1', n < 30 ? (n % 3 ? 'ended' : 'moved') : null),
    label: 'l',
    change: 'c',
  }))
  const { selected, changes, items, warnings } = summaryOf(things)
  assert.deepEqual([selected, changes, items.length], [50, 20, 20])
  assert.ok(items.every(({ warning }) => warning === null))
  assert.deepEqual(warnings, [
    { warning: 'ended', items: 20 },
    { warning: 'moved', items: 10 },
  ])
})
