import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { replay } from '../src/cli/replay.ts'
import { buildMap } from '../src/maps/build-map.ts'
import { candidatesAt } from '../src/maps/candidate.ts'
import { openMapFile } from '../src/maps/map-file.ts'
import { loadRegion } from '../src/maps/street-region.ts'

const shared = process.env.FAIRMILE_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url))
const osm = join(shared, 'data', 'osm')
const skip = existsSync(osm) ? false : `the road files are not here (${osm})`
const folder = mkdtempSync(join(tmpdir(), 'fairmile-maps-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const extracts = ['monaco.osm.gz', 'liechtenstein-latest.osm.pbf', 'andorra.osm.pbf', 'curitiba-roads.geojson.gz']
for (const extract of extracts)
  test(`buildMap makes a map of ${extract}`, { skip }, async (context) => {
    const startedMs = performance.now()
    const built = await buildMap(join(osm, extract), join(folder, `${extract}.sqlite`))
    const tookS = ((performance.now() - startedMs) / 1000).toFixed(2)
    context.diagnostic(`${extract}: ${JSON.stringify(built)} in ${tookS} s`)
    assert.ok(built.roads > 100 && built.withLimit > 10)
  })

type Row = Record<
  'seconds' | 'posted' | 'found' | 'labelled' | 'differ' | 'agree' | 'right' | 'over' | 'overFound',
  number
>

/** Replays a drive with the map and compares each second with its label and with the street nearest to the car. */
const compare = async (drive: string, mapPath: string): Promise<Row> => {
  const output = new PassThrough()
  const lines = text(output)
  const path = join(shared, 'data', 'drives', drive)
  await replay({ folder: path, motion: true, output, say: () => {}, model: null, map: mapPath })
  output.end()
  const labels: [number, number | null][] = JSON.parse(readFileSync(join(path, 'truth.json'), 'utf8')).speedLimits_kmh
  const map = openMapFile(mapPath)
  const row: Row = {
    seconds: 0,
    posted: 0,
    found: 0,
    labelled: 0,
    differ: 0,
    agree: 0,
    right: 0,
    over: 0,
    overFound: 0,
  }
  let region: ReturnType<typeof loadRegion> | null = null
  for (const line of (await lines).trimEnd().split('\n')) {
    const { type, tS, lat, lon, speedMps, limitKmh } = JSON.parse(line)
    if (type !== 'motion' || tS % 1 !== 0) continue
    if (region === null || Math.hypot(region.x(lon), region.y(lat)) > 400) region = loadRegion(map, lat, lon)
    const [street] = candidatesAt(region.streets, region.x(lon), region.y(lat), Number.NaN)
      .filter(({ distanceM }) => distanceM <= 15)
      .sort((a, b) => a.distanceM - b.distanceM)
    const labelAt = (at: number) => labels.findLast(([fromS]) => fromS <= at)?.[1] ?? null
    const label = labelAt(tS)
    const posted = street?.street.forwardKmh ?? Number.NaN
    row.seconds++
    if (label !== null) row.labelled++
    if (Number.isNaN(posted)) continue
    row.posted++
    if (limitKmh !== undefined) row.found++
    if (label !== null && label !== posted) row.differ++
    if (label !== posted) continue
    row.agree++
    if (limitKmh === label) row.right++
    // The labels are of the nearest way, second by second: one that lasts a moment is of a street that was crossed.
    if (labelAt(tS - 2) !== label || labelAt(tS + 2) !== label) continue
    const isOver = (limit: number) => speedMps * 3.6 > limit + Math.max(5, limit * 0.1)
    if (isOver(label)) row.over++
    if (limitKmh !== undefined && isOver(limitKmh)) row.overFound++
  }
  map.close()
  return row
}

test('replay with a map finds the posted limits and the seconds of speeding of five drives', {
  skip,
}, async (context) => {
  const map = join(folder, 'curitiba.sqlite')
  await buildMap(join(osm, 'curitiba-roads.geojson.gz'), map)
  const total: Row = {
    seconds: 0,
    posted: 0,
    found: 0,
    labelled: 0,
    differ: 0,
    agree: 0,
    right: 0,
    over: 0,
    overFound: 0,
  }
  context.diagnostic(['drive', ...Object.keys(total)].join('\t'))
  for (const drive of ['a05', 'a12', 'a18', 'b08', 'b18']) {
    const row = await compare(`curitiba-${drive}`, map)
    context.diagnostic([drive, ...Object.values(row)].join('\t'))
    for (const key of Object.keys(total) as (keyof Row)[]) total[key] += row[key]
  }
  context.diagnostic(['all', ...Object.values(total)].join('\t'))
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
  context.diagnostic(`the nearest street has a limit in the file: found on ${share(total.found, total.posted)}`)
  context.diagnostic(`file and label agree: right on ${share(total.right, total.agree)}`)
  context.diagnostic(
    `file and label differ on ${share(total.differ, total.differ + total.agree)}: no lookup can mend that`,
  )
  context.diagnostic(`speeding where they agree and the label stays: ${total.overFound} s found, ${total.over} s true`)
  assert.ok(total.found >= 0.95 * total.posted)
  assert.ok(total.right >= 0.95 * total.agree)
  assert.ok(Math.abs(total.overFound - total.over) <= 0.03 * total.over)
})
