import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assignmentOf } from './assignment-of.ts'

const rowOf = (fromS: number, toS: number, driverId: string | null, assigned = true) => ({
  ...{ startAt: new Date(fromS * 1000), endAt: new Date(toS * 1000), assigned, driverId, policyId: 'POL-1' },
})
const trip = { startAt: 0, endAt: 600_000 }
const fresh = rowOf(0, 600, 'DRV-0001', false)

test('assignmentOf is what a person said of the trip itself, or of what was found for most of it', () => {
  assert.equal(assignmentOf(trip, rowOf(0, 600, 'DRV-0003'), [rowOf(0, 600, 'DRV-0002')])?.driverId, 'DRV-0003')
  assert.equal(assignmentOf(trip, fresh, [rowOf(-30, 100, null), rowOf(100, 620, 'DRV-0002')])?.driverId, 'DRV-0002')
  assert.equal(assignmentOf(trip, fresh, [rowOf(0, 300, null)])?.driverId, null)
})

test('assignmentOf is nothing where nobody said so, or said so of a short part', () => {
  assert.equal(assignmentOf(trip, fresh, []), null)
  // The car drove on: what was said of its first minutes.
  assert.equal(assignmentOf(trip, rowOf(0, 290, 'DRV-0002'), []), null)
  assert.equal(assignmentOf(trip, rowOf(0, 310, 'DRV-0002'), [])?.driverId, 'DRV-0002')
  assert.equal(assignmentOf(trip, fresh, [rowOf(0, 600, 'DRV-0002', false)]), null)
  assert.equal(assignmentOf(trip, fresh, [rowOf(500, 3_000, 'DRV-0002')]), null)
  assert.equal(assignmentOf(trip, fresh, [rowOf(0, 310, 'DRV-0001', false), rowOf(310, 900, 'DRV-0002')]), null)
})
