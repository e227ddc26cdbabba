import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manifestExample } from './manifest-example.ts'
import { checkParity, parseParity } from './parity.ts'
import type { Infer } from './scorer.ts'

const manifest = manifestExample(['a', 'b'])
const parity = { rows: [[0.5, null] as (number | null)[], [-1, 2]], margins: [0.5, -1] }
const plus =
  (extra: number): Infer =>
  async (rows, n) =>
    Float32Array.from({ length: n }, (_, index) => rows[index * 2]! + extra)

test('checkParity tells how far an engine’s answers are from the training’s, and refuses one that is off', async () => {
  assert.equal(await checkParity(manifest, parity, plus(0)), 0)
  assert.ok((await checkParity(manifest, parity, plus(5e-5))) > 4e-5)
  await assert.rejects(checkParity(manifest, parity, plus(1e-3)), /differ by up to 1.0e-3/)
})

test('checkParity refuses NaN, answers that are too few, and rows that are none of the model’s', async () => {
  await assert.rejects(checkParity(manifest, parity, plus(Number.NaN)), /differ by up to Infinity/)
  await assert.rejects(
    checkParity(manifest, parity, async () => Float32Array.of(0.5)),
    /differ by up to Infinity/,
  )
  await assert.rejects(checkParity(manifest, { rows: [], margins: [] }, plus(0)), /has not the rows/)
  await assert.rejects(checkParity(manifest, { rows: [[1]], margins: [1] }, plus(0)), /has not the rows/)
})

test('parseParity refuses what is no table of rows', () => {
  assert.deepEqual(parseParity(JSON.stringify(parity)), parity)
  for (const text of ['null', '{}', '{"rows":[["x"]],"margins":[1]}', '{"rows":[[1]],"margins":[null]}'])
    assert.throws(() => parseParity(text), TypeError)
})
