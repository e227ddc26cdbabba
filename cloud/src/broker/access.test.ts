import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { mayPublish, mayRetain, maySubscribe } from './access.ts'

const own = 'fairmile/v1/DEV-1'

describe('mayPublish', () => {
  it('allows exactly the streams to the cloud of the device itself', () => {
    for (const topic of ['up/live', 'up/state', 'up/log/urgent', 'up/log/trips', 'up/log/telematics', 'up/log/raw'])
      assert.ok(mayPublish('DEV-1', `${own}/${topic}`), topic)
    for (const topic of [
      'fairmile/v1/DEV-2/up/live',
      `${own}/down/ack`,
      `${own}/up/log/gossip`,
      `${own}/up/live/more`,
      `${own}/up`,
      'fairmile/v2/DEV-1/up/live',
      '$SYS/broker',
      '',
    ])
      assert.ok(!mayPublish('DEV-1', topic), topic)
  })
})

describe('mayRetain', () => {
  it('allows the state alone', () => {
    assert.ok(mayRetain(`${own}/up/state`))
    assert.ok(!mayRetain(`${own}/up/live`))
    assert.ok(!mayRetain(`${own}/up/log/trips`))
  })
})

describe('maySubscribe', () => {
  it('allows the device’s own topics from the cloud and no pattern beyond them', () => {
    for (const filter of [`${own}/down/#`, `${own}/down/ack`, `${own}/down/config`, `${own}/down/command`])
      assert.ok(maySubscribe('DEV-1', filter), filter)
    for (const filter of ['#', 'fairmile/#', 'fairmile/v1/+/down/ack', `${own}/#`, `${own}/down/+`, '$SYS/#'])
      assert.ok(!maySubscribe('DEV-1', filter), filter)
    assert.ok(!maySubscribe('DEV-1', 'fairmile/v1/DEV-2/down/ack'))
    for (const filter of ['fairmile/v1/+/up/log/+', 'fairmile/v1/+/up/#', `${own}/down/#`])
      assert.ok(!maySubscribe('DEV-1', `$share/fairmile-ingest/${filter}`), filter)
  })
})
