import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { telematicsFields } from '@fairmile/contract/columns/telematics-fields.ts'
import { telematicsEvent } from '../../test/devices.ts'
import { touchedRanges } from './touched.ts'

describe('touchedRanges', () => {
  it('has the earliest and the latest moment of a batch, whatever its clock did meanwhile', () => {
    const times = [5_000, 1_000, 9_000, 6_000]
    const columns = telematicsFields.map(({ name }) => (name === 'at' ? times : times.map(() => 0)))
    assert.deepEqual(touchedRanges([], [{ device: 'DEV-1', boot: 2, firstSeq: 7, lastSeq: 10, columns }]), [
      { deviceId: 'DEV-1', boot: 2, firstSeq: 7, lastSeq: 10, fromMs: 1_000, toMs: 9_000 },
    ])
  })

  it('has a range of each clock where it was set within a batch', () => {
    const [odd, now] = [Date.UTC(2025, 0, 1), Date.UTC(2026, 5, 1)]
    const times = [odd, odd + 1000, now, now + 1000, odd]
    const records = times.map((at, n) => ({ ...telematicsEvent(n + 1), at }))
    const columns = telematicsFields.map(({ name }) => (name === 'at' ? times : times.map(() => 0)))
    const expected = [
      { deviceId: 'DEV-1', boot: 2, firstSeq: 1, lastSeq: 2, fromMs: odd, toMs: odd + 1000 },
      { deviceId: 'DEV-1', boot: 2, firstSeq: 3, lastSeq: 4, fromMs: now, toMs: now + 1000 },
      { deviceId: 'DEV-1', boot: 2, firstSeq: 5, lastSeq: 5, fromMs: odd, toMs: odd },
    ]
    assert.deepEqual(touchedRanges([{ deviceId: 'DEV-1', boot: 2, records }], []), expected)
    assert.deepEqual(touchedRanges([], [{ device: 'DEV-1', boot: 2, firstSeq: 1, lastSeq: 5, columns }]), expected)
  })
})
