import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cobsDecode, cobsEncode } from './cobs.ts'

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

test('cobsEncode makes the examples of the paper', () => {
  const examples = [
    ['', '01'],
    ['00', '0101'],
    ['0000', '010101'],
    ['11220033', '0311220233'],
    ['11223344', '0511223344'],
    ['11000000', '0211010101'],
  ] as const
  for (const [plain, stuffed] of examples) assert.deepEqual(cobsEncode(hex(plain)), hex(stuffed), plain)
})

test('cobsDecode gives back whatever cobsEncode was given, with no zero on the way', () => {
  const byte = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 255 }) }, fc.constant(0))
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 800 }), (bytes) => {
      const stuffed = cobsEncode(Uint8Array.from(bytes))
      assert.ok(!stuffed.includes(0))
      assert.ok(stuffed.length <= bytes.length + Math.floor(bytes.length / 254) + 1)
      assert.deepEqual(cobsDecode(stuffed), Uint8Array.from(bytes))
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('cobsDecode refuses a zero inside and a group that runs past the end', () => {
  for (const wrong of ['00', '0200', '031100', '05112233', 'ff01']) assert.equal(cobsDecode(hex(wrong)), null, wrong)
})
