import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceSubscription, lanes, logTopic, parseUpTopic, streams } from './topics.ts'

test('parseUpTopic reads every topic that a device publishes', () => {
  for (const lane of lanes)
    assert.deepEqual(parseUpTopic(logTopic('DEV-1', lane)), { device: 'DEV-1', stream: 'log', lane })
  for (const stream of ['live', 'state'] as const)
    assert.deepEqual(parseUpTopic(streams[stream].topic('DEV-1')), { device: 'DEV-1', stream })
})

test('parseUpTopic refuses whatever is not exactly one of ours', () => {
  const foreign = ['', 'fairmile/v1//up/live', 'fairmile/v2/D/up/live', 'fairmile/v1/D/down/ack', 'fairmile/v1/D/up']
  const close = [
    'fairmile/v1/D/up/live/x',
    'fairmile/v1/D/up/log',
    'fairmile/v1/D/up/log/gold',
    '/fairmile/v1/D/up/live',
  ]
  for (const topic of [...foreign, ...close, `${logTopic('D', 'raw')}/x`])
    assert.equal(parseUpTopic(topic), null, topic)
})

test('deviceSubscription covers what the cloud sends to one device', () => {
  for (const stream of ['ack', 'config', 'command'] as const)
    assert.ok(streams[stream].topic('DEV-1').startsWith(deviceSubscription('DEV-1').slice(0, -1)))
})
