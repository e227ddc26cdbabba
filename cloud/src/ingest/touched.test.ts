import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { telematicsFields } from '@fairmile/contract/columns/telematics-fields.ts'
import { touchedRanges } from './touched.ts'

describe('touchedRanges', () => {
  it('has the earliest and the latest moment of a batch, whatever its clock did meanwhile', () => {
    const times = [5_000, 1_000, 9_000, 6_000]
    const columns = telematicsFields.map(({ name }) => (name === 'at' ? times : times.map(() => 0)))
    assert.deepEqual(touchedRanges([], [{ device: 'DEV-1', boot: 2, firstSeq: 7, lastSeq: 10, columns }]), [
      { deviceId: 'DEV-1', boot: 2, firstSeq: 7, lastSeq: 10, fromMs: 1_000, toMs: 9_000 },
    ])
  })
})
