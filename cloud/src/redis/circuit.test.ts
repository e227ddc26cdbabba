import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCircuit } from './circuit.ts'

test('Circuit.ask gives the answer, or says that there was none', async () => {
  const circuit = createCircuit()
  assert.deepEqual(await circuit.ask(Promise.resolve(7)), { value: 7 })
  assert.deepEqual(await circuit.ask(Promise.reject(new Error('gone'))), { problem: 'error' })
  assert.deepEqual(await circuit.ask(new Promise(() => {})), { problem: 'slow' })
})

test('Circuit opens after three failures in a row, and closes when Redis has rested', async () => {
  const clock = { ms: 0 }
  const circuit = createCircuit({ monotonicMs: () => clock.ms })
  const fail = () => circuit.ask(Promise.reject(new Error('gone')))
  await fail()
  await fail()
  await circuit.ask(Promise.resolve(1))
  await fail()
  await fail()
  assert.equal(circuit.isClosed(), true)
  await fail()
  assert.equal(circuit.isClosed(), false)
  clock.ms = 1_000
  assert.equal(circuit.isClosed(), true)
})
