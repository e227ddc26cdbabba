import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createConditionalLimit } from './conditional-limit.ts'

const limitIn = (timeZone: string) => {
  const conditional = createConditionalLimit({ timeZone })
  return (conditions: string, utc: string | null) => {
    const { limitKmh, certain } = conditional(conditions, 100, utc === null ? null : Date.parse(utc))
    return [limitKmh, certain]
  }
}
const berlin = limitIn('Europe/Berlin')

test('createConditionalLimit decides hours by the time of the zone, in summer and in winter', () => {
  const night = '60 @ (22:00-06:00)'
  assert.deepEqual(berlin(night, '2026-07-01T20:30:00Z'), [60, true])
  assert.deepEqual(berlin(night, '2026-01-01T20:30:00Z'), [100, true])
  assert.deepEqual(limitIn('America/Sao_Paulo')(night, '2026-01-01T08:30:00Z'), [60, true])
})

test('createConditionalLimit takes the last of the clauses that hold', () => {
  const clauses = '80 @ (06:00-22:00); 60 @ (Sa,Su 06:00-22:00)'
  assert.deepEqual(berlin(clauses, '2026-11-23T12:00:00Z'), [80, true]) // a Monday
  assert.deepEqual(berlin(clauses, '2026-11-22T12:00:00Z'), [60, true])
  assert.deepEqual(berlin(clauses, '2026-11-22T23:00:00Z'), [100, true])
})

test('createConditionalLimit is unsure of weather, holidays, slips, values that are none, and without a time', () => {
  for (const conditions of ['80 @ wet', '30 @ (SH Mo-Fr 07:00-17:00)', '30 @ (Mo-Blah)', 'none @ (20:00-06:00)', 'x'])
    assert.deepEqual(berlin(conditions, '2026-11-23T12:00:00Z'), [100, false], conditions)
  assert.deepEqual(berlin('60 @ (00:00-24:00)', null), [100, false])
})
