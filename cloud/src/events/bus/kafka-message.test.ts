import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { fromKafkaRecord, toKafkaRecord } from './kafka-message.ts'

const event: StoredDomainEvent<'DriverUpdated'> = {
  ...{ id: 7, type: 'DriverUpdated', subject: 'DRV-0001', time: new Date(Date.UTC(2026, 5, 1)) },
  ...{ correlationId: 'a-batch', causedBy: 6, data: { driverId: 'DRV-0001', changed: ['name'] } },
}

test('toKafkaRecord keys by subject and puts the attributes in headers', () => {
  const { key, value, headers } = toKafkaRecord(event)
  assert.equal(key, 'DRV-0001')
  assert.deepEqual(JSON.parse(value), event.data)
  assert.partialDeepStrictEqual(headers, {
    'content-type': 'application/json',
    ce_id: '7',
    ce_specversion: '1.0',
    ce_type: 'fairmile.DriverUpdated.v1',
    ce_causedby: '6',
  })
})

test('fromKafkaRecord reads what was written, and refuses what is none of ours', () => {
  const record = toKafkaRecord(event)
  assert.deepEqual(fromKafkaRecord(record), event)
  assert.throws(() => fromKafkaRecord({ ...record, value: 'no JSON' }), SyntaxError)
  assert.throws(() => fromKafkaRecord({ ...record, headers: {} }), { name: 'ZodError' })
})
