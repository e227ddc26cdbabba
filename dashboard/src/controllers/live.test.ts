import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { LiveState } from '@fairmile/contract/live.ts'
import { carStateOf } from './live.ts'

const state = { at: 100_000, tripId: 'TRP-1', speedMps: 10 } as LiveState

it('carStateOf tells moving, standing, parked, silent and unknown apart', () => {
  assert.equal(carStateOf(null, 0), 'unknown')
  assert.equal(carStateOf(state, 1_000), 'moving')
  assert.equal(carStateOf({ ...state, speedMps: 0.2 }, 1_000), 'standing')
  assert.equal(carStateOf({ ...state, speedMps: null }, 1_000), 'standing')
  assert.equal(carStateOf({ ...state, tripId: null }, 1_000), 'parked')
  assert.equal(carStateOf(state, 11_000), 'silent')
  assert.equal(carStateOf({ ...state, tripId: null }, 90_000), 'parked')
})
