import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPlaces } from './places.ts'

test('Places gives a user so many and no more, each user their own', () => {
  const places = createPlaces(2)
  const [first, second] = [places.take('a'), places.take('a')]
  assert.ok(first && second)
  assert.equal(places.take('a'), null)
  assert.ok(places.take('b'))
})

test('Places takes a place back once, however often it is given back', () => {
  const places = createPlaces(2)
  const leave = places.take('a')
  assert.ok(leave && places.take('a'))
  leave()
  leave()
  assert.ok(places.take('a'))
  assert.equal(places.take('a'), null)
})
