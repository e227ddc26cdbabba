import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createQueue } from './queue.ts'

describe('createQueue', () => {
  it('gives items in their order, so many at a time', async () => {
    const queue = createQueue<number>({ limit: 10 })
    for (const item of [1, 2, 3]) await queue.push(item)
    assert.deepEqual(await queue.take(2), [1, 2])
    assert.deepEqual(await queue.take(2), [3])
  })

  it('makes who adds to a full queue wait for room, in order', async () => {
    const queue = createQueue<number>({ limit: 2 })
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
    const queue = createQueue<string>({ limit: 1 })
    const taken = queue.take(1)
    await queue.push('item')
    assert.deepEqual(await taken, ['item'])
  })

  it('gives what is left after it was closed, then nothing', async () => {
    const queue = createQueue<number>({ limit: 2 })
    await queue.push(1)
    queue.close()
    assert.deepEqual(await queue.take(5), [1])
    assert.deepEqual(await queue.take(5), [])
  })

  it('says that it did not take what came after it was closed, and what still waited then', async () => {
    const queue = createQueue<number>({ limit: 1 })
    await queue.push(1)
    const waits = assert.rejects(queue.push(2), /it is closed/)
    queue.close()
    await waits
    await assert.rejects(queue.push(3), /it is closed/)
    assert.deepEqual(await queue.take(5), [1])
    assert.deepEqual(await queue.take(5), [])
  })
})
