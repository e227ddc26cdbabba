import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { marginOf } from '@fairmile/models/explain/trees.ts'
import { createModelFolder } from '../../test/model-folder.ts'
import { openDriverModel, type RefusedVersion } from './driver-model.ts'

const artifacts = fileURLToPath(import.meta.resolve('@fairmile/models/artifacts/driver-risk'))
const newest = readdirSync(artifacts).sort().at(-1) ?? ''

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
  const { folder, remove } = await createModelFolder('0.9.0', '0.10.0')
  context.after(remove)
  const model = (await openDriverModel({ folder })) ?? assert.fail()
  assert.equal(model.manifest.version, '0.10.0')
  await model.close()
  assert.equal(await openDriverModel({ folder: join(folder, 'gone') }), null)
})

test('openDriverModel falls back to the newest version that can be used, and says why others cannot', async (context) => {
  const { folder, add, release, remove } = await createModelFolder('1.0.0', '2.0.0', '3.0.0', '4.0.0', '5.0.0')
  context.after(remove)
  writeFileSync(join(folder, '2.0.0', 'model.onnx'), 'changed')
  rmSync(join(folder, '3.0.0', 'manifest.sig'))
  release('4.0.0', (manifest) => manifest.features.splice(3, 1, 'star_sign'))
  add('5.0.0', (manifest) => {
    manifest.version = '0.9.0'
  })
  const reasons: string[] = []
  const refused = ({ version, reason }: RefusedVersion) => void reasons.push(`${version}: ${reason}`)
  const model = (await openDriverModel({ folder, refused })) ?? assert.fail()
  assert.equal(model.manifest.version, '1.0.0')
  await model.close()
  const [five, four, three, two, ...none] = reasons
  assert.match(five ?? '', /^5\.0\.0: .*it is driver-risk 0\.9\.0, which has another place/)
  assert.match(four ?? '', /^4\.0\.0: /)
  assert.match(three ?? '', /^3\.0\.0: .*not signed/)
  assert.match(two ?? '', /^2\.0\.0: .*"model.onnx" is not the file/)
  assert.deepEqual(none, [])
})

test('openDriverModel refuses trees and rows that are another model’s, though they are signed', async (context) => {
  const { folder, release, remove } = await createModelFolder('1.0.0')
  context.after(remove)
  const path = join(folder, '1.0.0', 'model.json')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replaceAll(/"split_indices":\[\d+/g, '"split_indices":[0'))
  release('1.0.0')
  assert.equal(await openDriverModel({ folder }), null)
  writeFileSync(path, text)
  release('1.0.0')
  const model = (await openDriverModel({ folder })) ?? assert.fail()
  await model.close()
})
