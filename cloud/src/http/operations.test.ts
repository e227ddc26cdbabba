import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import { createOperationsApp } from './operations.ts'

test('createOperationsApp tells in problem details of what it does not have', async () => {
  const app = createOperationsApp({ metrics: createMetrics(), checks: [], log: createLog({ level: 'silent' }) })
  assert.equal((await app.request('/health')).status, 200)
  for (const [path, method, status] of [
    ['/nothing', 'GET', 404],
    ['/health', 'POST', 405],
  ] as const) {
    const answer = await app.request(path, { method })
    assert.equal(answer.status, status)
    assert.equal(answer.headers.get('content-type'), 'application/problem+json')
  }
})
