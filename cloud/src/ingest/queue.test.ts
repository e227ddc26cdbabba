import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createQueue } from './queue.ts'

/** Bounded by number alone. */
const weightless = { maxBytes: 1, bytesOf: () => 0 }
/** Items of so many bytes, bounded by them. */
const byWeight = { limit: 10, bytesOf: (item: number) => item }

describe('createQueue', () => {
  it('gives items in their order, so many at a time', async () => {
    const queue = createQueue<number>({ limit: 10, ...weightless })
    for (const item of [1, 2, 3]) await queue.push(item)
    assert.deepEqual(await queue.take(2), [1, 2])
    assert.deepEqual(await queue.take(2), [3])
  })

  it('makes who adds to a full queue wait for room, in order', async () => {
    const queue = createQueue<number>({ limit: 2, ...weightless })
    const placed: number[] = []
    const pushes = [1, 2, 3, 4].map((item) => queue.push(item).then(() => placed.push(item)))
    await Promise.all(pushes.slice(0, 2))
    assert.deepEqual([placed, queue.size, queue.waited], [[1, 2], 2, 2])
    assert.deepEqual(await queue.take(1), [1])
    await pushes[2]
    assert.deepEqual(placed, [1, 2, 3])
    assert.deepEqual(await queue.take(5), [2, 3])
    await pushes[3]
    assert.deepEqual(await queue.take(5), [4])
  })

  it('wakes a taker that waits', async () => {
    const queue = createQueue<string>({ limit: 1, ...weightless })
    const taken = queue.take(1)
    await queue.push('item')
    assert.deepEqual(await taken, ['item'])
  })

  it('gives what is left after it was closed, then nothing', async () => {
    const queue = createQueue<number>({ limit: 2, ...weightless })
    await queue.push(1)
    queue.close()
    assert.deepEqual(await queue.take(5), [1])
    assert.deepEqual(await queue.take(5), [])
  })

  it('says that it did not take what came after it was closed, and what still waited then', async () => {
    const queue = createQueue<number>({ limit: 1, ...weightless })
    await queue.push(1)
    const waits = assert.rejects(queue.push(2), /it is closed/)
    queue.close()
    await waits
    await assert.rejects(queue.push(3), /it is closed/)
    assert.deepEqual(await queue.take(5), [1])
    assert.deepEqual(await queue.take(5), [])
  })

  it('makes who adds wait for bytes too, in order, and counts what is in hand until the next call', async () => {
    let held = 0
    const onBytes = (by: number) => {
      held += by
    }
    const queue = createQueue<number>({ ...byWeight, maxBytes: 10, onBytes })
    const placed: number[] = []
    const pushes = [6, 4, 5, 1].map((item) => queue.push(item).then(() => placed.push(item)))
    await Promise.all(pushes.slice(0, 2))
    assert.deepEqual(await queue.take(1), [6])
    await Promise.resolve()
    assert.deepEqual([placed, queue.bytes], [[6, 4], 10]) // the 6 is being worked on, and the 1 does not overtake the 5
    assert.deepEqual(await queue.take(1), [4])
    await Promise.all(pushes)
    assert.deepEqual([placed, queue.bytes, held], [[6, 4, 5, 1], 10, 10])
    assert.deepEqual(await queue.take(5), [5, 1])
    queue.close()
    await queue.take(5)
    assert.deepEqual([queue.bytes, held], [0, 0])
  })

  it('lets what is larger than its bound in when it is alone', async () => {
    const queue = createQueue<number>({ ...byWeight, maxBytes: 10 })
    await queue.push(1)
    const large = queue.push(50)
    assert.deepEqual(await queue.take(5), [1])
    const next = queue.take(5)
    await large
    assert.deepEqual(await next, [50])
  })

  it('gives so many bytes at a time, and one item at least', async () => {
    const queue = createQueue<number>({ ...byWeight, maxBytes: 100 })
    for (const item of [30, 20, 20, 5]) await queue.push(item)
    assert.deepEqual(await queue.take(9, 25), [30])
    assert.deepEqual(await queue.take(9, 40), [20, 20])
    for (const item of [1, 2, 3]) await queue.push(item)
    assert.deepEqual(await queue.take(9, 40, (item) => 10 * item), [5])
    assert.deepEqual(await queue.take(9, 40, (item) => 10 * item), [1, 2])
    assert.equal(queue.bytes, 6)
  })

  it('lets go of what waits when its signal is aborted, and places what it stood in the way of', async () => {
    let held = 0
    const onBytes = (by: number) => {
      held += by
    }
    const queue = createQueue<number>({ ...byWeight, maxBytes: 10, onBytes })
    await queue.push(6)
    const gone = new AbortController()
    const large = assert.rejects(queue.push(9, { signal: gone.signal }), /given up/)
    const small = queue.push(3, { signal: new AbortController().signal })
    assert.deepEqual([queue.bytes, held], [6, 18]) // what waits is held too
    gone.abort()
    await Promise.all([large, small])
    assert.deepEqual([queue.bytes, held], [9, 9])
    await assert.rejects(queue.push(9, { signal: gone.signal }), /given up/)
    assert.deepEqual(await queue.take(5), [6, 3])
    await queue.push(1, { signal: gone.signal }) // there is room
    queue.close()
    await queue.take(5)
    await queue.take(5)
    assert.deepEqual([queue.bytes, held], [0, 0])
  })

  it('takes what is offered only where there is room at once', async () => {
    const queue = createQueue<number>({ ...byWeight, maxBytes: 10 })
    assert.equal(queue.offer(9), true)
    assert.equal(queue.offer(2), false)
    const waits = queue.push(3)
    assert.equal(queue.offer(1), false)
    await queue.take(1)
    const rest = queue.take(5)
    await waits
    assert.deepEqual(await rest, [3])
  })
})
