import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createImuRing } from './ring.ts'

const sample = (tMs: number) => ({ tMs, ax: tMs / 1000, ay: 0, az: 9.75, gx: Number.NaN, gy: 0, gz: 0.5 })

test('createImuRing gives back the newest samples and forgets the oldest', () => {
  const ring = createImuRing()
  for (let tMs = 0; tMs < 100_000; tMs += 10) ring.push(sample(tMs))
  const { first, last } = ring.between(50_000, 50_020)
  assert.equal(ring.tMs(first), 50_000)
  assert.deepEqual(ring.cut(first, last), {
    offsetMs: [0, 10, 20],
    ax: [50, Math.fround(50.01), Math.fround(50.02)],
    ay: [0, 0, 0],
    az: [9.75, 9.75, 9.75],
    gx: [null, null, null],
    gy: [0, 0, 0],
    gz: [0.5, 0.5, 0.5],
  })
  const oldest = ring.between(0, 1e9)
  assert.equal(oldest.last - oldest.first + 1, 8192)
  assert.equal(ring.tMs(oldest.last), 99_990)
})

test('createImuRing finds nothing where there is nothing', () => {
  const ring = createImuRing()
  const none = (found: { first: number; last: number }) => assert.ok(found.first > found.last)
  none(ring.between(0, 1000))
  for (let tMs = 0; tMs < 1000; tMs += 10) ring.push(sample(tMs))
  none(ring.between(2000, 3000))
})
