import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { marginOf } from '@fairmile/models/explain/trees.ts'
import { openDriverModel } from './driver-model.ts'

const artifacts = fileURLToPath(import.meta.resolve('@fairmile/models/artifacts/driver-risk'))
const newest = readdirSync(artifacts).sort().at(-1) ?? ''

/** A copy of the newest model under the given versions. */
function copyOf(...versions: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-models-'))
  for (const version of versions) cpSync(join(artifacts, newest, '/'), join(folder, version), { recursive: true })
  return folder
}

test('openDriverModel opens a model whose ONNX and trees agree on every parity row', async () => {
  const model = (await openDriverModel()) ?? assert.fail()
  const parity = JSON.parse(readFileSync(join(artifacts, newest, 'parity.json'), 'utf8')) as {
    rows: (number | null)[][]
    margins: number[]
  }
  const rows = parity.rows.map((row) => Float32Array.from(row, (value) => value ?? Number.NaN))
  const width = model.manifest.features.length
  const flat = new Float32Array(rows.length * width)
  for (const [index, row] of rows.entries()) flat.set(row, index * width)
  const margins = await model.infer(flat, rows.length)
  assert.ok(rows.length > 0)
  for (const [index, row] of rows.entries()) {
    assert.ok(Math.abs((margins[index] ?? Number.NaN) - (parity.margins[index] ?? 0)) < 1e-5)
    assert.ok(Math.abs((margins[index] ?? Number.NaN) - marginOf(model.trees, row)) < 1e-4)
  }
  await model.close()
})

test('openDriverModel takes the highest version by number, and none where there is none', async (context) => {
  const folder = copyOf('0.9.0', '0.10.0')
  context.after(() => rmSync(folder, { recursive: true }))
  rmSync(join(folder, '0.9.0', 'model.onnx'))
  const model = (await openDriverModel({ folder })) ?? assert.fail()
  await model.close()
  assert.equal(await openDriverModel({ folder: join(folder, 'gone') }), null)
})

test('openDriverModel refuses a file that was changed, and a model of other features', async (context) => {
  const folder = copyOf('1.0.0')
  context.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, '1.0.0', 'manifest.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { features: string[] }
  writeFileSync(path, JSON.stringify({ ...manifest, features: manifest.features.with(3, 'star_sign') }))
  await assert.rejects(openDriverModel({ folder }), /"star_sign" are not known here/)
  writeFileSync(join(folder, '1.0.0', 'model.onnx'), 'changed')
  await assert.rejects(openDriverModel({ folder }), /"model.onnx" is not the file/)
})
