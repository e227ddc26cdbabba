/** The byte vectors that the C reference implementation is checked with too (`test/firmware.test.ts`). */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { createFrameDecoder } from './decoder.ts'
import { encodeFrame } from './frame.ts'
import { decodeMessage, encodeMessage } from './message-codec.ts'
import type { Message } from './messages.ts'

const read = <T>(name: string): T[] =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'))
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const hex = (from: Uint8Array): string => Buffer.from(from).toString('hex')

test('encodeFrame makes the lines of vectors/frames.json', () => {
  for (const { name, type, seq, payload, line } of read<{
    name: string
    type: number
    seq: number
    payload: string
    line: string
  }>('frames'))
    assert.equal(hex(encodeFrame({ type, seq, payload: bytes(payload) })), line, name)
})

test('createFrameDecoder finds what vectors/streams.json says, at once and byte by byte', () => {
  for (const vector of read<{ name: string; bytes: string; frames: string[]; counters: object }>('streams')) {
    for (const size of [1, 100_000]) {
      const found: string[] = []
      const decoder = createFrameDecoder({
        onFrame: ({ type, seq, payload }) => found.push(`${type}:${seq}:${hex(payload)}`),
      })
      const all = bytes(vector.bytes)
      for (let at = 0; at < all.length; at += size) decoder.push(all.subarray(at, at + size))
      const { frames, faults, droppedBytes } = decoder.counters
      assert.deepEqual(found, vector.frames, vector.name)
      assert.deepEqual({ frames, ...faults, droppedBytes }, vector.counters, vector.name)
    }
  }
})

test('encodeMessage and decodeMessage agree with vectors/messages.json', () => {
  for (const { name, message, type, payload } of read<{
    name: string
    message: Message
    type: number
    payload: string
  }>('messages')) {
    const typed = message.kind === 'imu' ? { ...message, samples: Int16Array.from(message.samples) } : message
    assert.deepEqual(encodeMessage(typed), { type, payload: bytes(payload) }, name)
    assert.deepEqual(decodeMessage({ type, seq: 0, payload: bytes(payload) }), typed, name)
  }
})
