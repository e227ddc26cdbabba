import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { buildMap } from './build-map.ts'
import { openLimits } from './limit-at.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairmile-open-limits-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('openLimits refuses what is no map, with what to do', async () => {
  await assert.rejects(openLimits(join(folder, 'missing.sqlite'), { timeZone: 'UTC' }), /maps build/)
  const other = join(folder, 'other.txt')
  writeFileSync(other, 'no database at all, but a text that is long enough to be one')
  await assert.rejects(openLimits(other, { timeZone: 'UTC' }), /maps build/)
})

const unknown = { altM: null, hdop: null, satellites: null }
const fix = { ...unknown, tMs: 0, lat: 0, lon: 0.002, speedMps: 15, courseDeg: 90, mode: 2 as const }

test('openLimits decides a conditional limit by the time of the zone, and is unsure without a time', async () => {
  const source = join(folder, 'school.geojson')
  const properties = { highway: 'primary', maxspeed: '50', 'maxspeed:conditional': '30 @ (Mo-Fr 07:00-17:00)' }
  const geometry = {
    type: 'LineString',
    coordinates: [
      [0, 0],
      [0.004, 0],
    ],
  }
  writeFileSync(
    source,
    JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry }] }),
  )
  await buildMap(source, `${source}.sqlite`)
  const at = async (utcMs: number | null) => {
    const { limitAt, close } = await openLimits(`${source}.sqlite`, { timeZone: 'Europe/Berlin' })
    const limit = limitAt({ ...fix, utcMs })
    close()
    return limit
  }
  const monday = Date.UTC(2026, 5, 1)
  const morning = await at(monday + 5.5 * 3600_000) // 07:30 in Berlin
  assert.equal(morning?.limitKmh, 30)
  assert.ok((morning?.confidence ?? 0) > 0.9)
  assert.equal((await at(monday + 4.5 * 3600_000))?.limitKmh, 50) // 06:30
  const untimed = await at(null)
  assert.equal(untimed?.limitKmh, 50)
  assert.ok((untimed?.confidence ?? 1) < 0.7)
})
