import assert from 'node:assert/strict'
import { test } from 'node:test'
import { droveOn, restsOn } from './drove-on.ts'

test('droveOn is true while trips are added at the end, and false once one of them is another', () => {
  const before = restsOn(['TRP-A/1', 'TRP-B/1'])
  assert.equal(droveOn(before, ['TRP-A/1', 'TRP-B/1', 'TRP-C/1']), true)
  assert.equal(droveOn(before, ['TRP-A/1', 'TRP-B/1']), true)
  assert.equal(droveOn(before, ['TRP-A/1', 'TRP-B/2', 'TRP-C/1']), false)
  assert.equal(droveOn(before, ['TRP-A/1', 'TRP-AA/1', 'TRP-B/1']), false)
  assert.equal(droveOn(before, ['TRP-A/1']), false)
  assert.equal(droveOn({ trips: null, tripsHash: null }, ['TRP-C/1']), true)
})
