import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { deflateSync, gzipSync } from 'node:zlib'
import { PbfWriter } from 'pbf'
import { buildMap } from './build-map.ts'
import { readOsmRoads } from './osm-roads.ts'
import type { SourceRoad } from './road.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairmile-osm-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const expected = [
  {
    osmId: 77,
    tags: { highway: 'primary', maxspeed: '50' },
    points: Int32Array.of(473000000, 95000000, 473000010, -20),
  },
]
const file = (name: string, bytes: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
const read = async (path: string) => {
  const roads: SourceRoad[] = []
  const { cutWays } = await readOsmRoads(path, (road) => roads.push(road))
  return { roads, cutWays }
}

const xml = `<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="47.3" lon="9.5"/><node id="4000000000" lat="47.300001" lon="-0.000002"><tag k="a" v="b"/></node>
<way id="77"><nd ref="1"/><nd ref="4000000000"/><nd ref="5"/><tag k="highway" v="primary"/><tag k="maxspeed" v="50"/></way>
<way id="78"><nd ref="1"/><nd ref="4000000000"/><tag k="highway" v="footway"/></way></osm>`

test('readOsmRoads reads XML, plain and gzipped, with the ways that an edge cuts', async () => {
  for (const path of [file('a.osm', xml), file('b.osm.gz', gzipSync(xml))])
    assert.deepEqual(await read(path), { roads: expected, cutWays: 1 })
})

/** One blob of a PBF file: its header and its data, packed. */
const blob = (type: string, data: Uint8Array): Buffer => {
  const body = new PbfWriter()
  body.writeBytesField(3, deflateSync(data))
  const bytes = body.finish()
  const header = new PbfWriter()
  header.writeStringField(1, type)
  header.writeVarintField(3, bytes.length)
  const head = header.finish()
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return Buffer.concat([length, head, bytes])
}

const pbfFile = (): Buffer => {
  const strings = ['', 'highway', 'primary', 'maxspeed', '50', 'footway']
  const block = new PbfWriter()
  block.writeMessage(1, (_, out) => void strings.forEach((text) => void out.writeStringField(1, text)), null)
  block.writeMessage(
    2,
    (_, group) =>
      group.writeMessage(
        2,
        (_dense, out) => {
          out.writePackedSVarint(1, [1, 3_999_999_999])
          out.writePackedSVarint(8, [473_000_000, 10])
          out.writePackedSVarint(9, [95_000_000, -95_000_020])
        },
        null,
      ),
    null,
  )
  const way = (id: number, refs: number[], keys: number[], values: number[]) =>
    block.writeMessage(
      2,
      (_, group) =>
        group.writeMessage(
          3,
          (_way, out) => {
            out.writeVarintField(1, id)
            out.writePackedVarint(2, keys)
            out.writePackedVarint(3, values)
            out.writePackedSVarint(8, refs)
          },
          null,
        ),
      null,
    )
  way(77, [1, 3_999_999_999, 1], [1, 3], [2, 4])
  way(78, [1, 3_999_999_999], [1], [5])
  return Buffer.concat([blob('OSMHeader', new Uint8Array()), blob('OSMData', block.finish())])
}

test('readOsmRoads reads PBF with dense nodes', async () => {
  assert.deepEqual(await read(file('c.osm.pbf', pbfFile())), { roads: expected, cutWays: 1 })
})

test('buildMap names what is wrong with a file and leaves no map behind', async () => {
  const out = join(folder, 'out.sqlite')
  const refused = async (path: string, why: RegExp) => await assert.rejects(buildMap(path, out), why)
  await refused(file('cut.osm.pbf', pbfFile().subarray(0, 90)), /ends in the middle/)
  await refused(file('other.osm.pbf', 'this is a text, and no map of anything'), /no OpenStreetMap PBF/)
  await refused(file('broken.osm', '<osm><way id="1"></osm>'), /broken\.osm/)
  await refused(file('empty.geojson', '{"type":"FeatureCollection","features":[]}'), /no road/)
  await refused(file('other.geojson', '{"type":"Topology"}'), /no GeoJSON/)
  await refused(file('roads.shp', ''), /expected a name/)
  await refused(join(folder, 'missing.osm.pbf'), /missing\.osm\.pbf/)
  await refused(join(folder, 'missing.osm'), /missing\.osm/)
})
