import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEpochs } from './epochs.ts'

test('Epochs.move makes stale what was computed before under the tag, and nothing else', () => {
  const epochs = createEpochs()
  const asOf = epochs.now()
  epochs.move(['driver:1'])
  assert.equal(epochs.isFresh(['driver:1', 'drivers'], asOf), false)
  assert.equal(epochs.isFresh(['driver:2'], asOf), true)
  assert.equal(epochs.isFresh(['driver:1'], epochs.now()), true)
})

test('Epochs.moveAll makes everything stale that was computed before', () => {
  const epochs = createEpochs()
  const asOf = epochs.now()
  epochs.moveAll()
  assert.equal(epochs.isFresh([], asOf), false)
  assert.equal(epochs.isFresh([], epochs.now()), true)
})

test('Epochs forget the tag that moved longest ago, and never take something for fresh because of it', () => {
  const epochs = createEpochs({ tags: 2 })
  const asOf = epochs.now()
  for (const tag of ['a', 'b', 'a', 'c']) epochs.move([tag])
  assert.equal(epochs.isFresh(['b'], asOf), false)
  const later = epochs.now()
  epochs.move(['d'])
  assert.equal(epochs.isFresh(['a'], asOf), false)
  assert.equal(epochs.isFresh(['b', 'c'], later), true)
  assert.equal(epochs.isFresh(['d'], later), false)
})
