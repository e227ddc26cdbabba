import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMaxSpeed, wayLimits } from './max-speed.ts'

test('parseMaxSpeed reads km/h and mph, and nothing that names no number', () => {
  assert.equal(parseMaxSpeed('50'), 50)
  assert.equal(parseMaxSpeed(' 80 km/h'), 80)
  assert.equal(parseMaxSpeed('30 mph'), 30 * 1.609344)
  for (const value of [undefined, '', 'none', 'walk', 'signals', '50;30', '0', '999', '-5', '1e9'])
    assert.ok(Number.isNaN(parseMaxSpeed(value)), value)
})

test('wayLimits tells the directions apart', () => {
  const both = wayLimits({ maxspeed: '50' })
  const none = { forwardConditions: null, backwardConditions: null }
  assert.deepEqual(both, { forwardKmh: 50, backwardKmh: 50, oneway: 0, certain: true, ...none })
  const apart = wayLimits({ maxspeed: '50', 'maxspeed:forward': '30' })
  assert.deepEqual([apart.forwardKmh, apart.backwardKmh], [30, 50])
  const single = wayLimits({ 'maxspeed:backward': '70' })
  assert.deepEqual([single.forwardKmh, single.backwardKmh], [Number.NaN, 70])
})

test('wayLimits takes implicit limits from the country, less surely than a sign', () => {
  const limit = (tags: Record<string, string>) => {
    const { forwardKmh, certain } = wayLimits(tags)
    return [forwardKmh, certain]
  }
  assert.deepEqual(limit({ maxspeed: 'DE:urban' }), [50, false])
  assert.deepEqual(limit({ 'maxspeed:type': 'FR:rural' }), [80, false])
  assert.deepEqual(limit({ 'zone:maxspeed': 'AT:zone:30' }), [30, false])
  assert.deepEqual(limit({ maxspeed: 'XX:urban' }), [Number.NaN, false])
  assert.deepEqual(limit({ maxspeed: 'DE:motorway' }), [Number.NaN, false]) // there is none
  assert.deepEqual(limit({ maxspeed: 'none', 'source:maxspeed': 'DE:rural' }), [Number.NaN, false])
  assert.deepEqual(limit({}), [Number.NaN, false])
})

test('wayLimits keeps the conditions that concern a car, by direction and in km/h', () => {
  const conditions = (tags: Record<string, string>) => {
    const { forwardConditions, backwardConditions } = wayLimits({ maxspeed: '50', ...tags })
    return [forwardConditions, backwardConditions]
  }
  const school = '30 @ (Mo-Fr 07:00-17:00; Sa 08:00-12:00)'
  assert.deepEqual(conditions({ 'maxspeed:conditional': school }), [school, school])
  assert.deepEqual(conditions({ 'maxspeed:forward:conditional': '20 mph @ (22:00-06:00)' }), [
    '32.18688 @ (22:00-06:00)',
    null,
  ])
  assert.deepEqual(conditions({ 'maxspeed:conditional': '30 @ (weight>7.5); none @ (20:00-06:00)' }), [
    'none @ (20:00-06:00)',
    'none @ (20:00-06:00)',
  ])
})

test('wayLimits knows one-way streets, also those that the kind of way implies', () => {
  const oneway = (tags: Record<string, string>) => wayLimits(tags).oneway
  assert.deepEqual(
    [{ oneway: 'yes' }, { oneway: '-1' }, { highway: 'motorway' }, { highway: 'motorway', oneway: 'no' }, {}].map(
      oneway,
    ),
    [1, -1, 1, 0, 0],
  )
})
