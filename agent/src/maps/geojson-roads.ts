import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { isRoad, type OnRoad, type Tags, toE7 } from './road.ts'

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number())
const line = z.array(position).min(2)
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('LineString'), coordinates: line }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(line) }),
])
const collection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.object({ properties: z.record(z.string(), z.unknown()).nullable(), geometry: z.unknown() })),
})

/**
 * Reads roads from a GeoJSON collection of lines with OpenStreetMap's tags as properties, plain or gzipped.
 * @throws {Error} where the file is no feature collection
 */
export async function readGeojsonRoads(path: string, onRoad: OnRoad): Promise<void> {
  const bytes = await readFile(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const parsed = collection.safeParse(JSON.parse(text))
  if (!parsed.success) throw new Error(`Reading "${path}": it is no GeoJSON feature collection`)
  let line = 0
  for (const feature of parsed.data.features) {
    const tags = tagsOf(feature.properties)
    line++
    if (!isRoad(tags)) continue
    const shape = geometry.safeParse(feature.geometry)
    if (!shape.success) continue // points and areas
    const { type, coordinates } = shape.data
    const osmId = Number(tags.osm_id ?? tags['@id']?.replace('way/', '') ?? -line)
    for (const points of type === 'LineString' ? [coordinates] : coordinates)
      onRoad({
        osmId: Number.isSafeInteger(osmId) ? osmId : -line,
        tags,
        points: Int32Array.from(points.flatMap(([lon, lat]) => [toE7(lat), toE7(lon)])),
      })
  }
}

function tagsOf(properties: Record<string, unknown> | null): Tags {
  const tags: Record<string, string> = {}
  for (const [key, value] of Object.entries(properties ?? {}))
    if (typeof value === 'string' || typeof value === 'number') tags[key] = String(value)
  return tags
}
