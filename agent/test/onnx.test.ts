import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { findWindowModel } from '../src/scoring/artifact.ts'
import { openModel } from '../src/scoring/onnx.ts'
import { openWindowScorer } from '../src/scoring/window-scorer.ts'

const found = await findWindowModel()
assert.ok(found !== null, 'the window model of this repository is missing from models/artifacts')
const folder = found

test('openModel gives the margins that native XGBoost gave, one row or many', async () => {
  const { rows, margins } = JSON.parse(await readFile(join(folder, 'parity.json'), 'utf8')) as {
    rows: (number | null)[][]
    margins: number[]
  }
  const { infer, manifest, close } = await openModel(folder)
  const table = Float32Array.from(rows.flat().map((value) => value ?? Number.NaN))
  const width = manifest.features.length
  const together = Float32Array.from(await infer(table, rows.length))
  for (const [i, margin] of margins.entries()) {
    assert.ok(Math.abs((together[i] as number) - margin) < 1e-4, `row ${i}: ${together[i]} instead of ${margin}`)
    const alone = await infer(table.subarray(i * width, (i + 1) * width), 1)
    assert.equal(alone[0], together[i])
  }
  await close()
})

test('openModel refuses a model whose bytes are not the manifest’s', async (t) => {
  const copy = await mkdtemp(join(tmpdir(), 'fairmile-model-'))
  t.after(() => rm(copy, { recursive: true, force: true }))
  await cp(folder, copy, { recursive: true })
  await writeFile(join(copy, 'model.onnx'), Buffer.concat([await readFile(join(copy, 'model.onnx')), Buffer.from([0])]))
  await assert.rejects(openModel(copy), /not the manifest's/)
})

test('openWindowScorer refuses a model of other features', async (t) => {
  const copy = await mkdtemp(join(tmpdir(), 'fairmile-model-'))
  t.after(() => rm(copy, { recursive: true, force: true }))
  await cp(folder, copy, { recursive: true })
  const manifest = JSON.parse(await readFile(join(copy, 'manifest.json'), 'utf8'))
  await writeFile(
    join(copy, 'manifest.json'),
    JSON.stringify({ ...manifest, features: ['one', 'two'], reference: undefined }),
  )
  await assert.rejects(openWindowScorer(copy), /trained on other features/)
})
