import assert from 'node:assert/strict'
import { test } from 'node:test'
import { largestChanges } from './largest-changes.ts'

const policy = (n: number, beforeMinor: number, afterMinor: number) => ({
  policyId: `POL-${n}`,
  driverId: `DRV-${n}`,
  beforeMinor,
  afterMinor,
})

test('largestChanges names whose premium rises and falls, the largest change in per cent first', () => {
  const { rises, falls } = largestChanges([
    policy(1, 1000, 1100),
    policy(2, 9000, 9450),
    policy(3, 1000, 1000),
    policy(4, 2000, 1500),
    policy(5, 0, 300),
    policy(6, 1000, 900),
    policy(7, 2000, 2200),
  ])
  assert.deepEqual(
    rises.map(({ policyId }) => policyId),
    ['POL-5', 'POL-7', 'POL-1', 'POL-2'],
  )
  assert.equal(rises[0]?.percent, null)
  assert.ok(Math.abs(rises[3]!.percent! - 5) < 1e-9)
  assert.deepEqual(falls, [
    { ...policy(4, 2000, 1500), percent: -25 },
    { ...policy(6, 1000, 900), percent: falls[1]?.percent },
  ])
})

test('largestChanges names twenty each at most', () => {
  const drivers = Array.from({ length: 60 }, (_, n) => policy(n, 1000, n % 2 === 0 ? 1001 + n : 999 - n))
  const { rises, falls } = largestChanges(drivers)
  assert.deepEqual([rises.length, falls.length, rises[0]?.policyId, falls[0]?.policyId], [20, 20, 'POL-58', 'POL-59'])
})
