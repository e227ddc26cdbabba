import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { buildMap } from './build-map.ts'

test('buildMap does not replace the extract, by whatever name, nor a folder', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-map-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const extract = join(folder, 'roads.geojson')
  const text = JSON.stringify({ type: 'FeatureCollection', features: [] })
  writeFileSync(extract, text)
  symlinkSync(extract, join(folder, 'link.sqlite'))
  await assert.rejects(buildMap(extract, extract), /is the extract itself/)
  await assert.rejects(buildMap(extract, join(folder, 'link.sqlite')), /is the extract itself/)
  await assert.rejects(buildMap(extract, folder), /is a folder/)
  assert.equal(readFileSync(extract, 'utf8'), text)
})
