import assert from 'node:assert/strict'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { whenEnded } from './when-ended.ts'

test('whenEnded tells once when a connection ends, and at once where it has ended', async () => {
  let told = 0
  const connection = new PassThrough()
  whenEnded(connection, () => told++)
  assert.equal(told, 0)
  connection.destroy()
  await once(connection, 'close')
  assert.equal(told, 1)
  whenEnded(connection, () => told++)
  assert.equal(told, 2)
})
