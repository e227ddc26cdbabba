import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventId, tripId } from './ids.ts'

test('tripId is the same for the same trip and another for any other', () => {
  assert.match(tripId('DEV-1', 5, 1), /^TRP-[0-9A-HJKMNP-TV-Z]{12}$/)
  assert.equal(tripId('DEV-1', 5, 1), tripId('DEV-1', 5, 1))
  const others = [tripId('DEV-2', 5, 1), tripId('DEV-1', 51, 1), tripId('DEV-1', 5, 11), tripId('DEV-1', 5, 1)]
  assert.equal(new Set(others).size, 4)
})

test('eventId is no tripId', () => {
  assert.match(eventId('DEV-1', 5, 1), /^EVT-[0-9A-HJKMNP-TV-Z]{12}$/)
  assert.notEqual(eventId('DEV-1', 5, 1).slice(4), tripId('DEV-1', 5, 1).slice(4))
})
