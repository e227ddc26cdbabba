import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { contiguous } from './acks.ts'

const batch = (firstSeq: number, lastSeq: number, resent = 0) => ({ firstSeq, lastSeq, resent })

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
})
