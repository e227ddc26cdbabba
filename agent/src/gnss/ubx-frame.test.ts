import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createUbxReader, type UbxMessage, ubxFrame } from './ubx-frame.ts'

const read = (...chunks: Uint8Array[]): UbxMessage[] => {
  const found: UbxMessage[] = []
  const take = createUbxReader((message) => found.push(message))
  for (const chunk of chunks) take(chunk)
  return found
}
const message = fc.record(
  {
    classId: fc.integer({ min: 0, max: 255 }),
    id: fc.integer({ min: 0, max: 255 }),
    payload: fc.uint8Array({ maxLength: 512 }),
  },
  { noNullPrototype: true },
)
/** Sentences and garbage, without the first byte of a message. */
const noise = fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.filter((byte) => byte !== 0xb5))

test('ubxFrame frames the poll of UBX-MON-VER as its specification has it', () => {
  assert.deepEqual(
    [...ubxFrame({ classId: 0x0a, id: 0x04, payload: new Uint8Array(0) })],
    [0xb5, 0x62, 0x0a, 0x04, 0, 0, 0x0e, 0x34],
  )
})

test('createUbxReader finds every message between sentences, however the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(noise, message), { maxLength: 5 }),
      fc.integer({ min: 1, max: 60 }),
      (parts, size) => {
        const bytes = Buffer.concat(parts.flatMap(([before, one]) => [before, ubxFrame(one)]))
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
          bytes.subarray(n * size, (n + 1) * size),
        )
        assert.deepEqual(
          read(...chunks),
          parts.map(([, one]) => one),
        )
      },
    ),
    { seed: 1 },
  )
})

test('createUbxReader passes over a bad checksum and what claims to be too long, and finds what follows', () => {
  const good = { classId: 5, id: 1, payload: Uint8Array.of(6, 8) }
  fc.assert(
    fc.property(message, fc.nat(), (one, at) => {
      const bad = ubxFrame(one)
      bad[bad.length - 1 - (at % 2)]! ^= 0x10
      assert.deepEqual(read(bad, ubxFrame(good)).at(-1), good)
    }),
    { seed: 1 },
  )
  assert.deepEqual(read(Uint8Array.of(0xb5, 0x62, 1, 1, 0xff, 0xff, 0xb5), ubxFrame(good)), [good])
})
