import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createFrameDecoder } from './decoder.ts'
import { encodeFrame, type Frame, maxFrameBytes } from './frame.ts'

function decode(chunks: Iterable<Uint8Array>) {
  const frames: Frame[] = []
  const decoder = createFrameDecoder({ onFrame: (frame) => frames.push(frame) })
  for (const chunk of chunks) decoder.push(chunk)
  return { frames, counters: decoder.counters }
}

const frame = fc.record(
  { type: fc.nat({ max: 255 }), seq: fc.nat({ max: 255 }), payload: fc.uint8Array({ maxLength: 300 }) },
  { noNullPrototype: true },
)

test('createFrameDecoder finds every frame however the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 40 })), (frames, cuts) => {
      let rest = Buffer.concat(frames.map(encodeFrame))
      const chunks: Uint8Array[] = []
      for (const cut of cuts) {
        chunks.push(rest.subarray(0, cut))
        rest = rest.subarray(cut)
      }
      assert.deepEqual(decode([...chunks, rest]).frames, frames)
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('createFrameDecoder finds the frames behind any garbage that a zero ends, and holds on to nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), frame, (garbage, wanted) => {
      const { frames } = decode([garbage, Uint8Array.of(0), encodeFrame(wanted)])
      assert.deepEqual(frames.at(-1), wanted)
    }),
    { seed: 2, numRuns: 200 },
  )
})

test('createFrameDecoder refuses a frame with any bit flipped', () => {
  const line = encodeFrame({ type: 2, seq: 3, payload: Uint8Array.from([0, 1, 2, 0, 4, 250]) })
  for (let bit = 0; bit < (line.length - 1) * 8; bit++) {
    const wrong = Uint8Array.from(line)
    wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    assert.deepEqual(decode([wrong]).frames, [], `bit ${bit}`)
  }
})

test('createFrameDecoder drops an endless line, counts it and goes on', () => {
  const next = { type: 1, seq: 1, payload: Uint8Array.of(7) }
  const endless = Array.from({ length: 1000 }, () => new Uint8Array(1000).fill(0xaa))
  const { frames, counters } = decode([...endless, Uint8Array.of(0), encodeFrame(next)])
  assert.deepEqual(frames, [next])
  assert.equal(counters.faults.oversize, 1)
  assert.equal(counters.droppedBytes, 1_000_000)
})

test('encodeFrame refuses what is longer than a frame may be', () => {
  const payload = new Uint8Array(maxFrameBytes - 4)
  assert.equal(decode([encodeFrame({ type: 1, seq: 1, payload })]).frames.length, 1)
  assert.throws(() => encodeFrame({ type: 1, seq: 1, payload: new Uint8Array(maxFrameBytes - 3) }), /at most 1024/)
})
