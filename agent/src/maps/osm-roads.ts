import type { OsmElements } from './osm-elements.ts'
import { readOsmPbf } from './osm-pbf.ts'
import { readOsmXml } from './osm-xml.ts'
import { isRoad, type OnRoad, type Tags } from './road.ts'

/**
 * Reads roads from an OpenStreetMap file in two passes: first the ways, then the places of the nodes they use, so that
 * memory holds the roads and not the country.
 * @returns how many ways lack a node here: extracts cut them at their edge
 */
export async function readOsmRoads(path: string, onRoad: OnRoad): Promise<{ cutWays: number }> {
  const read = (elements: OsmElements) =>
    path.endsWith('.pbf') ? readOsmPbf(path, elements) : readOsmXml(path, elements)
  const ways: { osmId: number; nodes: Float64Array; tags: Tags }[] = []
  await read({
    way(osmId, nodes, tags) {
      if (isRoad(tags)) ways.push({ osmId, nodes: Float64Array.from(nodes), tags })
    },
  })
  const places = createPlaces(ways.map(({ nodes }) => nodes))
  await read({ node: places.put })
  let cutWays = 0
  for (const { osmId, nodes, tags } of ways) {
    const points = places.of(nodes)
    if (points.length < 2 * nodes.length) cutWays++
    if (points.length >= 4) onRoad({ osmId, tags, points })
  }
  return { cutWays }
}

/** Places by node id in sorted columns, as a Map of a country's nodes would not fit. */
function createPlaces(used: readonly Float64Array[]) {
  const all = new Float64Array(used.reduce((sum, { length }) => sum + length, 0))
  let length = 0
  for (const ids of used) {
    all.set(ids, length)
    length += ids.length
  }
  all.sort()
  const ids = all.filter((id, n) => n === 0 || id !== all[n - 1])
  const places = new Int32Array(2 * ids.length)
  const known = new Uint8Array(ids.length)
  const find = (id: number): number => {
    let [low, high] = [0, ids.length - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const value = ids[middle]!
      if (value === id) return middle
      if (value < id) low = middle + 1
      else high = middle - 1
    }
    return -1
  }
  return {
    put(id: number, latE7: number, lonE7: number): void {
      const at = find(id)
      if (at < 0) return
      places[2 * at] = latE7
      places[2 * at + 1] = lonE7
      known[at] = 1
    },
    /** Points of a way, without the nodes that the file lacks. */
    of(nodes: Float64Array): Int32Array {
      const at = Array.from(nodes, find).filter((n) => n >= 0 && known[n] === 1)
      return Int32Array.from(at.flatMap((n) => [places[2 * n]!, places[2 * n + 1]!]))
    },
  }
}
