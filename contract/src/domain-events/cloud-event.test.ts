import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { DomainCloudEvent, fromCloudEvent, toCloudEvent } from './cloud-event.ts'
import { eventDataV1 } from './event-data.ts'

interface Example {
  event: unknown
  expect: 'valid' | 'invalid'
}

const folder = new URL('../../examples/v1/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.startsWith('domain-event-'))
const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Example

for (const name of names)
  test(`DomainCloudEvent takes or refuses ${name} as it always did, and reads the same`, () => {
    const { event, expect } = read(name)
    if (expect === 'invalid') assert.throws(() => fromCloudEvent(event), { name: 'ZodError' })
    else assert.deepEqual(toCloudEvent(fromCloudEvent(event)), event)
  })

test('every kind of event has a golden example', () => {
  const valid = names.map(read).filter(({ expect }) => expect === 'valid')
  const types = valid.map(({ event }) => DomainCloudEvent.parse(event).type)
  assert.deepEqual(
    [...new Set(types)].toSorted(),
    Object.keys(eventDataV1)
      .map((name) => `fairmile.${name}.v1`)
      .toSorted(),
  )
})

test('fromCloudEvent passes over what a later release adds', () => {
  const { event } = read('domain-event-valid-driver-created.json')
  const later = { ...(event as object), traceparent: '00-1', data: { ...DomainCloudEvent.parse(event).data, later: 1 } }
  assert.deepEqual(toCloudEvent(fromCloudEvent(later)), event)
})
