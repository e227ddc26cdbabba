import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compareLogs } from './compare-log.ts'

const range = (firstSeq: number, lastSeq: number, records?: number) => ({
  lane: 'telematics',
  boot: 7,
  firstSeq,
  lastSeq,
  ...(records !== undefined && { records }),
})

describe('compareLogs', () => {
  it('finds nothing wrong where the same records came in other pieces', () => {
    const found = compareLogs([range(1, 3), range(4, 4)], [range(1, 1), range(2, 4, 3)])
    assert.deepEqual(found, { committed: 4, lost: 0, duplicated: 0, unreported: 0, examples: [] })
  })

  it('names what is lost, by boot, lane and number', () => {
    const found = compareLogs(
      [range(1, 3)],
      [range(1, 2), { ...range(3, 3), boot: 8 }, { ...range(3, 3), lane: 'trips' }],
    )
    assert.equal(found.lost, 1)
    assert.deepEqual(found.examples, ['7/telematics/3'])
    assert.equal(found.unreported, 2)
  })

  it('counts rows beyond the numbers and ranges that overlap', () => {
    assert.equal(compareLogs([], [range(1, 3, 5)]).duplicated, 2)
    assert.equal(compareLogs([], [range(1, 3), range(3, 4)]).duplicated, 1)
  })
})
