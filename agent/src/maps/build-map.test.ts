import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { buildMap } from './build-map.ts'
import { openMapFile } from './map-file.ts'

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

test('buildMap names the file and says what to do where it cannot read or write one', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-map-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const out = join(folder, 'out.sqlite')
  const cut = {
    'cut.geojson': '{"type":"FeatureCollection","fea',
    'cut.osm': '<osm><way id="1">',
    'cut.osm.gz': '\u001f\u008b',
  }
  for (const [name, text] of Object.entries(cut)) {
    writeFileSync(join(folder, name), text, 'latin1')
    await assert.rejects(buildMap(join(folder, name), out), new RegExp(`Reading ".*/${name}": .*fetch it again`), name)
  }
  mkdirSync(join(folder, 'folder.osm.pbf'))
  await assert.rejects(buildMap(join(folder, 'folder.osm.pbf'), out), /folder\.osm\.pbf": that is no file/)
  await assert.rejects(buildMap(join(folder, 'none.osm'), out), /none\.osm": there is no such file/)
  await assert.rejects(
    buildMap(join(folder, 'cut.osm'), join(folder, 'no', 'out.sqlite')),
    /there is no folder ".*\/no"/,
  )
})

test('openMapFile says that a folder is no map', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-map-'))
  t.after(() => rmSync(folder, { recursive: true }))
  assert.throws(() => openMapFile(folder), /that is a folder, not a map file: make one with fairmile-agent maps build/)
})
