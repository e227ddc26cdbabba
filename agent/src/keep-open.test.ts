import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepOpen } from './keep-open.ts'

const closing = { close: async () => {} }

test('keepOpen tries again with growing delays, and says what it waits for', async () => {
  const abort = new AbortController()
  const waits: number[] = []
  const troubles: string[] = []
  await keepOpen({
    what: 'receiver',
    open: async () => {
      throw new Error('No such file or directory')
    },
    use: async () => 'never used',
    trouble: (message) => void troubles.push(message),
    signal: abort.signal,
    wait: async (seconds) => {
      waits.push(seconds)
      if (waits.length === 8) abort.abort()
    },
  })
  assert.deepEqual(waits, [0.25, 0.5, 1, 2, 3, 3, 3, 3])
  assert.equal(troubles[1], 'receiver: No such file or directory; trying again in 0.5 s')
})

test('keepOpen closes what it opened, also when its use fails', async () => {
  const abort = new AbortController()
  let closed = 0
  await keepOpen({
    what: 'receiver',
    open: async () => ({ close: async () => void closed++ }),
    use: async () => {
      throw new Error('read failed')
    },
    trouble: () => {},
    signal: abort.signal,
    wait: async () => abort.abort(),
  })
  assert.equal(closed, 1)
})

test('keepOpen never retries a wrong setting', async () => {
  const run = keepOpen({
    what: 'receiver',
    open: async () => {
      throw new TypeError('baudRate is not a number')
    },
    use: async () => closing.close().then(() => ''),
    trouble: () => assert.fail('it was retried'),
    signal: new AbortController().signal,
  })
  await assert.rejects(run, TypeError)
})
