import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceConfigSchema, deviceStateSchema } from './device-messages.ts'
import { ackSchema, maxMessageBytes, parseMessage } from './messages.ts'

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

test('parseMessage reads an ack, a state and a config', () => {
  const ack = { boot: 5, lane: 'trips' as const, upTo: 9, rejected: [{ firstSeq: 1, lastSeq: 2, reason: 'bad' }] }
  assert.deepEqual(parseMessage(ackSchema, bytes(ack)), ack)
  const state = { online: true, at: 1, boot: 5, agentVersion: '0.1.0' }
  assert.deepEqual(parseMessage(deviceStateSchema, bytes(state)), state)
  assert.deepEqual(parseMessage(deviceConfigSchema, bytes({ version: 1, later: true })), { version: 1 })
})

test('parseMessage refuses what no database takes for text', () => {
  const acked = { boot: 1, lane: 'trips', upTo: 9, rejected: [] }
  for (const odd of ['\\u0000', '\\ud800'])
    for (const text of [`{"reason":"${odd}"}`, `{"${odd}":1}`])
      assert.throws(() => parseMessage(ackSchema, Buffer.from(text)), /NUL or half a character/)
  const emoji = JSON.stringify({ ...acked, rejected: [{ firstSeq: 1, lastSeq: 2, reason: '\u{1f697}' }] })
  assert.equal(parseMessage(ackSchema, Buffer.from(emoji)).rejected[0]?.reason, '\u{1f697}')
})

test('parseMessage refuses what is too large, no text, no JSON or of the wrong shape', () => {
  assert.throws(() => parseMessage(ackSchema, Buffer.alloc(maxMessageBytes + 1, 0x20)), RangeError)
  assert.throws(() => parseMessage(ackSchema, Buffer.from([0xff, 0xfe])), TypeError)
  assert.throws(() => parseMessage(ackSchema, Buffer.from('{"boot":')), SyntaxError)
  assert.throws(() => parseMessage(ackSchema, bytes({ boot: 5, lane: 'gold', upTo: -1, rejected: [] })), /lane/)
})
