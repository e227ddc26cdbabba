import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { eventIdOf, toKafkaRecord } from './kafka-message.ts'

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

test('eventIdOf gives the id of what was written, also of a version that is not known here, and refuses what is none of ours', () => {
  const { headers } = toKafkaRecord(event)
  assert.equal(eventIdOf(headers), 7)
  assert.equal(eventIdOf({ ...headers, ce_type: 'fairmile.DriverMoved.v2', ce_time: 'later' }), 7)
  assert.throws(() => eventIdOf({ ...headers, ce_source: 'urn:elsewhere' }), /its source is "urn:elsewhere"/)
  assert.throws(() => eventIdOf({ ...headers, ce_id: '7; DROP' }), /its id is "7; DROP"/)
  assert.throws(() => eventIdOf({}), /its source is "undefined"/)
})
