import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { contiguous } from './acks.ts'

const batch = (firstSeq: number, lastSeq: number, resent = 0) => ({ firstSeq, lastSeq, resent, proven: true })
const unsigned = (firstSeq: number, lastSeq: number, resent = 0) => ({ firstSeq, lastSeq, resent, proven: false })

describe('contiguous', () => {
  it('goes over batches that join', () => {
    assert.deepEqual(contiguous(0, [batch(1, 5), batch(6, 6), batch(7, 20)]), { upTo: 20, missing: 0 })
  })

  it('stops at a hole', () => {
    assert.deepEqual(contiguous(5, [batch(7, 9), batch(10, 12)]), { upTo: 5, missing: 0 })
    assert.deepEqual(contiguous(5, [batch(7, 9, 4)]), { upTo: 5, missing: 0 })
  })

  it('gives a hole up once the batch behind it came five times more, and counts what is missing', () => {
    assert.deepEqual(contiguous(5, [batch(8, 9, 5), batch(10, 12)]), { upTo: 12, missing: 2 })
  })

  it('believes the numbers of a batch that nobody signed only once it came five times more', () => {
    assert.deepEqual(contiguous(0, [unsigned(1, 1000)]), { upTo: 0, missing: 0 })
    assert.deepEqual(contiguous(0, [unsigned(1, 60, 4), batch(61, 120)]), { upTo: 0, missing: 0 })
    assert.deepEqual(contiguous(0, [unsigned(1, 60, 5)]), { upTo: 60, missing: 0 })
    assert.deepEqual(contiguous(0, [unsigned(1, 60, 5), batch(61, 120)]), { upTo: 120, missing: 0 })
    assert.deepEqual(contiguous(0, [unsigned(1, 60, 5), unsigned(61, 120)]), { upTo: 60, missing: 0 })
  })

  it('believes it no further than where a signed one begins', () => {
    assert.deepEqual(contiguous(0, [unsigned(1, 1000, 5), batch(61, 120)]), { upTo: 120, missing: 0 })
  })

  it('gives no hole up for a batch that nobody signed, and lets none stand in the way of one that somebody did', () => {
    assert.deepEqual(contiguous(5, [unsigned(1_000_000, 1_000_059, 9)]), { upTo: 5, missing: 0 })
    const ahead = [batch(66, 125, 5), unsigned(1_000_000, 1_000_059, 9)]
    assert.deepEqual(contiguous(5, ahead), { upTo: 125, missing: 60 })
    assert.deepEqual(contiguous(5, [unsigned(11, 15, 9), batch(16, 20, 4)]), { upTo: 5, missing: 0 })
    assert.deepEqual(contiguous(5, [unsigned(11, 15, 9), batch(16, 20, 5)]), { upTo: 20, missing: 10 })
    assert.deepEqual(contiguous(5, [unsigned(6, 1000), batch(16, 20, 5)]), { upTo: 20, missing: 10 })
  })
})
