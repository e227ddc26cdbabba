import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BatchError } from './batch-error.ts'
import { decodeRecord, encodeRecord } from './codec.ts'
import { payloadFor } from './payload.ts'
import { crashRecord, rawChunk, telematicsEvent, tripsRecord, urgentRecord } from './records.arbitrary.ts'
import type { TripsRecord, UrgentRecord } from './records.ts'

test('decodeRecord gives back every record that encodeRecord was given', () => {
  fc.assert(
    fc.property(
      telematicsEvent,
      tripsRecord,
      urgentRecord,
      crashRecord,
      rawChunk,
      (event, trips, urgent, crash, raw) => {
        const telematics = { seq: 5, ...event }
        assert.deepEqual(decodeRecord('telematics', encodeRecord('telematics', telematics)), telematics)
        assert.deepEqual(decodeRecord('trips', encodeRecord('trips', trips)), trips)
        assert.deepEqual(decodeRecord('urgent', encodeRecord('urgent', urgent)), urgent)
        assert.deepEqual(decodeRecord('urgent', encodeRecord('urgent', crash)), crash)
        assert.deepEqual(decodeRecord('raw', encodeRecord('raw', raw)), raw)
      },
    ),
    { seed: 1, numRuns: 200 },
  )
})

test('decodeRecord refuses bytes cut anywhere and bytes left over', () => {
  const bytes = encodeRecord('trips', fc.sample(tripsRecord, { seed: 2, numRuns: 1 })[0] as TripsRecord)
  for (let length = 0; length < bytes.length; length++)
    assert.throws(
      () => decodeRecord('trips', bytes.subarray(0, length)),
      (error) => error instanceof RangeError || error instanceof BatchError,
    )
  assert.throws(() => decodeRecord('trips', Buffer.concat([bytes, Buffer.alloc(1)])), /1 bytes left over/)
})

test('encodeRecord writes what the first schema carries as an older version would, and names a later schema', () => {
  const [alert] = fc.sample(urgentRecord, { seed: 4, numRuns: 1 }) as [UrgentRecord]
  assert.deepEqual(encodeRecord('urgent', alert), payloadFor('urgent', [alert], 1).encode(1, [alert]))
  const [chunk] = fc.sample(rawChunk, { seed: 4, numRuns: 1 })
  const foreign = encodeRecord('raw', chunk!)
  foreign.fill(0xee, 2, 10)
  assert.throws(
    () => decodeRecord('raw', foreign),
    (error) => error instanceof BatchError && error.code === 'unknown_schema',
  )
})

test('encodeRecord and decodeRecord refuse text that no database takes', () => {
  const records = fc.sample(tripsRecord, { seed: 5, numRuns: 50 })
  const said = (of: TripsRecord['type'], text: string): TripsRecord => {
    const record = records.find(({ type }) => type === of)
    if (record?.type === 'event') return { ...record, event: { ...record.event, gradeReasons: [text] } }
    if (record?.type === 'trip') return { ...record, trip: { ...record.trip, thresholdsHash: text } }
    throw new Error(`no sample of "${of}"`)
  }
  const refused = (error: unknown) => error instanceof BatchError && error.code === 'out_of_range'
  for (const type of ['event', 'trip'] as const) {
    for (const text of ['a\0b', 'a\ud800b']) assert.throws(() => encodeRecord('trips', said(type, text)), refused)
    const bytes = encodeRecord('trips', said(type, 'a#b'))
    bytes[bytes.indexOf('a#b') + 1] = 0
    assert.throws(() => decodeRecord('trips', bytes), refused)
  }
})

test('encodeRecord refuses values that the cloud would refuse', () => {
  const [{ alert }] = fc.sample(urgentRecord, { seed: 3, numRuns: 1 }) as [Extract<UrgentRecord, { type: 'alert' }>]
  for (const wrong of [{ lat: 91 }, { at: Number.NaN }, { value: Number.POSITIVE_INFINITY }, { eventId: 'a b' }])
    assert.throws(
      () => encodeRecord('urgent', { type: 'alert', alert: { ...alert, ...wrong } }),
      (error) => error instanceof BatchError && error.code === 'out_of_range',
    )
  assert.throws(() => encodeRecord('urgent', { type: 'alert', alert: { ...alert, kind: 'joy' as 'crash' } }), TypeError)
})

test('encodeRecord takes what no sensor can mean out of a raw chunk, and a force beyond the range as its end', () => {
  const one = { offsetMs: [0], ax: [400], ay: [0], az: [9.81], gx: [900], gy: [Number.NaN], gz: [0.25] }
  const fix = { offsetMs: [1], lat: [91], lon: [12.1], altM: [null], speedMps: [400], courseDeg: [10], hdop: [0.9] }
  const { imu, fixes } = decodeRecord('raw', encodeRecord('raw', { at: 5, imu: one, fixes: fix }))
  assert.deepEqual(imu, { ...one, ax: [320], gx: [null], gy: [null] })
  assert.deepEqual(fixes, { ...fix, lat: [null], speedMps: [null] })
  for (const wrong of [{ ax: [Number.NaN] }, { ax: [1, 2] }, { offsetMs: [-1] }])
    assert.throws(
      () => encodeRecord('raw', { at: 5, imu: { ...one, ...wrong }, fixes: fix }),
      (error) => error instanceof BatchError && error.code === 'out_of_range',
    )
})

test('encodeRecord refuses a crash whose numbers cannot be, and payloadFor gives it to no reader of version 1', () => {
  const [record] = fc.sample(crashRecord, { seed: 5, numRuns: 1 }) as [Extract<UrgentRecord, { type: 'crash' }>]
  for (const wrong of [{ deltaVMps: -1 }, { peakMps2: Number.NaN }, { directionDeg: 400 }, { fromMs: 1e7 }])
    assert.throws(
      () => encodeRecord('urgent', { type: 'crash', crash: { ...record.crash, ...wrong } }),
      (error) => error instanceof BatchError && error.code === 'out_of_range',
    )
  assert.equal(payloadFor('urgent', [record], 1).since, 2)
  const [alert] = fc.sample(urgentRecord, { seed: 5, numRuns: 1 }) as [UrgentRecord]
  assert.equal(payloadFor('urgent', [alert], 2).since, 1)
})

test('encodeRecord keeps a force beyond the range as its end, and refuses readings that are none', () => {
  const [record] = fc.sample(crashRecord, { seed: 6, numRuns: 1 }) as [Extract<UrgentRecord, { type: 'crash' }>]
  const one = { offsetMs: [0], ax: [400], ay: [0], az: [9.8], gx: [null], gy: [-50], gz: [0.25] }
  const encode = (imu: typeof one) => encodeRecord('urgent', { type: 'crash', crash: { ...record.crash, imu } })
  const read = decodeRecord('urgent', encode(one)) as typeof record
  assert.deepEqual(read.crash.imu, { ...one, ax: [163.835], gy: [-32.767] })
  for (const wrong of [{ ax: [Number.NaN] }, { ax: [1, 2] }, { offsetMs: [-1] }, { offsetMs: [1e9] }])
    assert.throws(
      () => encode({ ...one, ...wrong }),
      (error) => error instanceof BatchError && error.code === 'out_of_range',
    )
})
