import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTaggedFifo, entryBytes } from './tagged-fifo.ts'

const entry = (sensor: 1 | 2 | 4, slot: number, value: number): Buffer => {
  const bytes = Buffer.alloc(entryBytes)
  bytes[0] = (sensor << 3) | ((slot & 3) << 1)
  for (let axis = 0; axis < 3; axis++) bytes.writeInt16LE(value + axis, 1 + axis * 2)
  return bytes
}
const take = (fifo: ReturnType<typeof createTaggedFifo>, ...entries: Buffer[]) =>
  fifo.take(Buffer.concat(entries), entries.length)

test('createTaggedFifo joins the halves of a moment in either order, accelerometer first', () => {
  const words = new Int16Array(24)
  const fifo = createTaggedFifo(words)
  assert.equal(take(fifo, entry(1, 0, 10), entry(2, 0, -20), entry(2, 1, 30), entry(1, 1, 40)), 2)
  assert.deepEqual([...words.subarray(0, 12)], [-20, -19, -18, 10, 11, 12, 30, 31, 32, 40, 41, 42])
})

test('createTaggedFifo keeps a half for the next burst, and drops one that stays alone', () => {
  const words = new Int16Array(24)
  const fifo = createTaggedFifo(words)
  assert.equal(take(fifo, entry(2, 0, 1), entry(2, 1, 2), entry(4, 1, 9), entry(1, 2, 3)), 0)
  assert.equal(take(fifo, entry(2, 2, 4)), 1)
  assert.deepEqual([...words.subarray(0, 6)], [4, 5, 6, 3, 4, 5])
  assert.equal(take(fifo, entry(1, 3, 5)), 0)
  fifo.clear()
  assert.equal(take(fifo, entry(2, 3, 6)), 0)
})
