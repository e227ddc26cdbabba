import { renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { readGeojsonRoads } from './geojson-roads.ts'
import { writeMapFile } from './map-file.ts'
import { wayLimits } from './max-speed.ts'
import { readOsmRoads } from './osm-roads.ts'
import { type OnRoad, roadKinds, type SourceRoad } from './road.ts'

/** What a map was made of. */
export interface BuiltMap {
  roads: number
  /** Roads with a limit in at least one direction. */
  withLimit: number
  /** Roads that the edge of the extract cuts. */
  cutWays: number
  bytes: number
}

/**
 * Makes a map file of an OpenStreetMap extract: `.osm.pbf`, `.osm`, `.osm.gz`, `.geojson`, `.geojson.gz` or `.json`.
 *
 * The map appears at `out` when it is whole, and takes the place of what was there.
 * @throws {Error} where the file cannot be read or is of another kind
 */
export async function buildMap(path: string, out: string): Promise<BuiltMap> {
  const read = readerOf(path)
  refuseSource(path)
  refuseToReplace(path, out)
  const part = `${out}.part`
  rmSync(part, { force: true })
  const writer = writeMapFile(part)
  const built = { roads: 0, withLimit: 0, cutWays: 0 }
  const onRoad = (road: SourceRoad): void => {
    const { forwardKmh, backwardKmh, oneway, certain, ...conditions } = wayLimits(road.tags)
    built.roads++
    if (forwardKmh > 0 || backwardKmh > 0) built.withLimit++
    writer.add(
      {
        osmId: road.osmId,
        kindCost: roadKinds[road.tags.highway ?? ''] ?? 0,
        oneway,
        forwardKmh: Number.isNaN(forwardKmh) ? null : forwardKmh,
        backwardKmh: Number.isNaN(backwardKmh) ? null : backwardKmh,
        certain: certain ? 1 : 0,
        ...conditions,
        points: Buffer.from(road.points.buffer, road.points.byteOffset, road.points.byteLength),
      },
      boxOf(road.points),
    )
  }
  try {
    built.cutWays = (await readWhole(read, path, onRoad))?.cutWays ?? 0
    if (built.roads === 0) throw new Error(`Reading "${path}": there is no road in it`)
    writer.finish()
  } catch (error) {
    writer.abandon()
    throw error
  }
  renameSync(part, out)
  return { ...built, bytes: statSync(out).size }
}

function refuseSource(path: string): void {
  const source = statSync(path, { throwIfNoEntry: false })
  if (!source) throw new Error(`Reading "${path}": there is no such file. Check the path.`)
  if (!source.isFile()) throw new Error(`Reading "${path}": that is no file. Name the extract itself.`)
}

/** What a parser or the disk says names no file; our own errors do. */
async function readWhole(read: ReturnType<typeof readerOf>, path: string, onRoad: OnRoad) {
  try {
    return await read(path, onRoad)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (reason.includes(path)) throw error
    throw new Error(`Reading "${path}": ${reason}. The file may be cut off: fetch it again.`, { cause: error })
  }
}

/** The map takes the place of an older one, but never of the extract itself. */
function refuseToReplace(path: string, out: string): void {
  if (!statSync(dirname(out), { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`Writing the map to "${out}": there is no folder "${dirname(out)}". Make it first.`)
  const there = statSync(out, { throwIfNoEntry: false })
  if (!there) return
  if (there.isDirectory()) throw new Error(`Writing the map to "${out}": that is a folder. Name a file.`)
  const source = statSync(path, { throwIfNoEntry: false })
  if (source && source.dev === there.dev && source.ino === there.ino)
    throw new Error(`Writing the map to "${out}": that is the extract itself. Name another file.`)
}

function readerOf(path: string): typeof readOsmRoads | typeof readGeojsonRoads {
  if (/\.osm(\.pbf|\.gz)?$/.test(path)) return readOsmRoads
  if (/\.(geo)?json(\.gz)?$/.test(path)) return readGeojsonRoads
  throw new Error(`Reading "${path}": expected a name that ends in .osm.pbf, .osm, .osm.gz, .geojson or .geojson.gz`)
}

/** Degrees: least and largest latitude, then longitude. */
function boxOf(points: Int32Array): [number, number, number, number] {
  const box: [number, number, number, number] = [90, -90, 180, -180]
  for (let n = 0; n < points.length; n += 2) {
    const [lat, lon] = [points[n]! / 1e7, points[n + 1]! / 1e7]
    box[0] = Math.min(box[0], lat)
    box[1] = Math.max(box[1], lat)
    box[2] = Math.min(box[2], lon)
    box[3] = Math.max(box[3], lon)
  }
  return box
}
