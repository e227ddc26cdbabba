import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Fix, PostedLimit } from '../sensors.ts'
import { buildMap } from './build-map.ts'
import { createLimitAt } from './limit-at.ts'
import { openMapFile } from './map-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'fairmile-limits-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** Metres east and north of a place at the equator, as degrees. */
const degrees = (metres: number) => metres / 111_194.9
type Line = { tags: Record<string, string>; points: [x: number, y: number][] }
let maps = 0

/** Drives along a line of metres at 15 m/s over the streets given; the limit at each second. */
async function drive(streets: Line[], way: [x: number, y: number][]): Promise<(PostedLimit | null)[]> {
  const source = join(folder, `${++maps}.geojson`)
  const features = streets.map(({ tags, points }) => ({
    type: 'Feature',
    properties: { highway: 'primary', ...tags },
    geometry: { type: 'LineString', coordinates: points.map(([x, y]) => [degrees(x), degrees(y)]) },
  }))
  writeFileSync(source, JSON.stringify({ type: 'FeatureCollection', features }))
  await buildMap(source, `${source}.sqlite`)
  const map = openMapFile(`${source}.sqlite`)
  const limitAt = createLimitAt(map)
  const limits: (PostedLimit | null)[] = []
  let tMs = 0
  for (let n = 1; n < way.length; n++) {
    const [[x0, y0], [x1, y1]] = [way[n - 1]!, way[n]!]
    const length = Math.hypot(x1 - x0, y1 - y0)
    const courseDeg = ((Math.atan2(x1 - x0, y1 - y0) * 180) / Math.PI + 360) % 360
    for (let at = 0; at < length; at += 15) {
      const [x, y] = [x0 + ((x1 - x0) * at) / length, y0 + ((y1 - y0) * at) / length]
      limits.push(limitAt(fixAt(tMs, x, y, courseDeg)))
      tMs += 1000
    }
  }
  map.close()
  return limits
}

function fixAt(tMs: number, x: number, y: number, courseDeg: number): Fix {
  const unknown = { utcMs: null, altM: null, hdop: null, satellites: null }
  return { ...unknown, tMs, lat: degrees(y), lon: degrees(x), speedMps: 15, courseDeg, mode: 2 }
}

const kmh = (limits: (PostedLimit | null)[]) => limits.map((limit) => limit?.limitKmh ?? null)

test('createLimitAt stays on its street where another crosses on a bridge or at a junction', async () => {
  const limits = await drive(
    [
      {
        tags: { maxspeed: '80' },
        points: [
          [0, 0],
          [600, 0],
        ],
      },
      {
        tags: { maxspeed: '30' },
        points: [
          [300, -200],
          [300, 200],
        ],
      },
    ],
    [
      [0, 0],
      [600, 0],
    ],
  )
  assert.ok(kmh(limits).every((limit) => limit === 80))
  assert.ok(limits.every((limit) => limit !== null && limit.confidence > 0.9))
})

test('createLimitAt stays on its street though the fixes are nearer to one beside it for a while', async () => {
  const limits = await drive(
    [
      {
        tags: { maxspeed: '100', oneway: 'yes' },
        points: [
          [0, 0],
          [900, 0],
        ],
      },
      {
        tags: { maxspeed: '30' },
        points: [
          [0, 14],
          [900, 14],
        ],
      },
    ],
    [
      [0, 0],
      [300, 2],
      [400, 8],
      [500, 2],
      [900, 0],
    ],
  )
  assert.ok(kmh(limits).every((limit) => limit === 100))
})

test('createLimitAt follows a turn and tells the limit of the new street within three seconds', async () => {
  const limits = kmh(
    await drive(
      [
        {
          tags: { maxspeed: '70' },
          points: [
            [0, 0],
            [300, 0],
            [600, 0],
          ],
        },
        {
          tags: { maxspeed: '30' },
          points: [
            [300, 0],
            [300, 300],
          ],
        },
      ],
      [
        [0, 0],
        [300, 0],
        [300, 300],
      ],
    ),
  )
  assert.ok(limits.slice(0, 19).every((limit) => limit === 70))
  assert.ok(limits.slice(23).every((limit) => limit === 30))
})

test('createLimitAt takes the limit of the direction that the car drives in', async () => {
  const street: Line[] = [
    {
      tags: { 'maxspeed:forward': '50', 'maxspeed:backward': '70' },
      points: [
        [0, 0],
        [600, 0],
      ],
    },
  ]
  assert.equal(
    kmh(
      await drive(street, [
        [0, 0],
        [600, 0],
      ]),
    ).at(-1),
    50,
  )
  assert.equal(
    kmh(
      await drive(street, [
        [600, 0],
        [0, 0],
      ]),
    ).at(-1),
    70,
  )
})

test('createLimitAt leaves the limit unknown on a street without one, and away from streets', async () => {
  const streets: Line[] = [
    {
      tags: {},
      points: [
        [0, 0],
        [600, 0],
      ],
    },
    {
      tags: { maxspeed: '50' },
      points: [
        [0, 30],
        [600, 30],
      ],
    },
  ]
  assert.ok(
    kmh(
      await drive(streets, [
        [0, 0],
        [600, 0],
      ]),
    ).every((limit) => limit === null),
  )
  assert.ok(
    kmh(
      await drive(streets, [
        [0, 200],
        [600, 200],
      ]),
    ).every((limit) => limit === null),
  )
})

test('createLimitAt is less sure near a change, of an implicit limit, and between two streets', async () => {
  const changing = await drive(
    [
      {
        tags: { maxspeed: '80' },
        points: [
          [0, 0],
          [300, 0],
        ],
      },
      {
        tags: { maxspeed: '50' },
        points: [
          [300, 0],
          [600, 0],
        ],
      },
    ],
    [
      [0, 0],
      [600, 0],
    ],
  )
  assert.ok(changing[10]!.confidence > 0.9 && changing[19]!.confidence < 0.9 && changing.at(-1)!.confidence > 0.9)
  const implicit = await drive(
    [
      {
        tags: { maxspeed: 'DE:urban' },
        points: [
          [0, 0],
          [600, 0],
        ],
      },
    ],
    [
      [0, 0],
      [600, 0],
    ],
  )
  assert.deepEqual(implicit.at(-1), { limitKmh: 50, confidence: 0.6 })
  const between = await drive(
    [
      {
        tags: { maxspeed: '80' },
        points: [
          [0, 0],
          [600, 0],
        ],
      },
      {
        tags: { maxspeed: '50' },
        points: [
          [0, 10],
          [600, 10],
        ],
      },
    ],
    [
      [0, 5],
      [600, 5],
    ],
  )
  assert.ok(between.at(-1)!.confidence < 0.6)
})

test('createLimitAt goes on over the edge of what it has loaded', async () => {
  const road: Line[] = [
    {
      tags: { maxspeed: '90' },
      points: [
        [0, 0],
        [1000, 0],
        [5000, 0],
      ],
    },
  ]
  const limits = kmh(
    await drive(road, [
      [0, 0],
      [5000, 0],
    ]),
  )
  assert.ok(limits.every((limit) => limit === 90))
})
