import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Accepted, Rejected } from './judge.ts'
import { runsOf } from './runs.ts'

const hash = (n: number): Buffer => Buffer.alloc(32, n)
/** The n-th batch of ten records of a lane. */
const batch = (n: number, more: object = {}): Accepted => {
  const range = { boot: 1, lane: 'telematics', firstSeq: n * 10 + 1, lastSeq: n * 10 + 10, gap: null }
  const about = { ...range, hash: hash(n + 1), previousHash: hash(n), ...more }
  return { kind: 'accepted', device: { id: 'DEV-1' }, batch: about } as unknown as Accepted
}
const rejected = (range: { deviceId: string; lane: string } | null): Rejected =>
  ({ kind: 'rejected', range }) as unknown as Rejected

const lengths = (...messages: (Accepted | Rejected)[]): number[] => runsOf(messages).map(({ length }) => length)

describe('runsOf', () => {
  it('puts batches that follow one another together, past those of other lanes and devices', () => {
    const trips = batch(0, { lane: 'trips' })
    const other = { ...batch(1), device: { id: 'DEV-2' } } as Accepted
    assert.deepEqual(lengths(batch(0), trips, batch(1), other, batch(2)), [3, 1, 1])
  })

  it('parts them at a hole, another boot, another chain, a gap, and what was rejected of the lane', () => {
    assert.deepEqual(lengths(batch(0), batch(2)), [1, 1])
    assert.deepEqual(lengths(batch(0), batch(1, { boot: 2 })), [1, 1])
    assert.deepEqual(lengths(batch(0), batch(1, { previousHash: hash(9) })), [1, 1])
    assert.deepEqual(lengths(batch(0), batch(1, { gap: {} }), batch(2)), [1, 1, 1])
    const ofLane = rejected({ deviceId: 'DEV-1', lane: 'telematics' })
    assert.deepEqual(lengths(batch(0), ofLane, batch(1)), [1, 1, 1])
    assert.deepEqual(lengths(batch(0), batch(0)), [1, 1])
  })

  it('leaves them together past what was rejected of other lanes and devices, or of none', () => {
    const trips = rejected({ deviceId: 'DEV-1', lane: 'trips' })
    const other = rejected({ deviceId: 'DEV-2', lane: 'telematics' })
    assert.deepEqual(lengths(batch(0), trips, other, rejected(null), batch(1)), [2, 1, 1, 1])
  })

  it('leaves the batches of other lanes alone, as each has work of its own', () => {
    assert.deepEqual(lengths(batch(0, { lane: 'trips' }), batch(1, { lane: 'trips' })), [1, 1])
  })
})
