import { DEG_PER_RAD, EARTH_RADIUS_M } from '@fairmile/contract/units.ts'
import type { MapRoad, RoadMap } from './map-file.ts'

/** A road in metres around the middle of its region: x east, y north. */
export interface Street {
  id: number
  kindCost: number
  oneway: number
  /** km/h; NaN where unknown. */
  forwardKmh: number
  backwardKmh: number
  certain: boolean
  /** What may change the limits; null for nothing. */
  forwardConditions: string | null
  backwardConditions: string | null
  xs: Float64Array
  ys: Float64Array
  minX: number
  maxX: number
  minY: number
  maxY: number
  /** Streets that share a node with this one. */
  joined: Set<number>
  /** Streets that go on from the first and from the last node. */
  atStart: Street[]
  atEnd: Street[]
}

/** The streets around a place. */
export interface StreetRegion {
  streets: readonly Street[]
  byId: ReadonlyMap<number, Street>
  /** Metres east and north of the region's middle. */
  x(lon: number): number
  y(lat: number): number
}

/** Half the side of a region, metres. */
const reachM = 700
/** Nodes are the same where their 1e-7 degrees are; farther from the middle than this (11 km) they join nothing. */
const keyReach = 2 ** 20

/** Loads the streets around a place from the map. */
export function loadRegion(map: RoadMap, lat: number, lon: number): StreetRegion {
  const metresPerDegree = EARTH_RADIUS_M / DEG_PER_RAD
  const eastPerDegree = metresPerDegree * Math.max(0.01, Math.cos(lat / DEG_PER_RAD))
  const [dLat, dLon] = [reachM / metresPerDegree, reachM / eastPerDegree]
  const roads = map.within(lat - dLat, lat + dLat, lon - dLon, lon + dLon)
  const [lat0, lon0] = [Math.round(lat * 1e7), Math.round(lon * 1e7)]
  const nodes = new Map<number, { street: Street; at: 'start' | 'middle' | 'end' }[]>()
  const streets = roads.map((road) => {
    const points = pointsOf(road)
    const count = points.length / 2
    const xs = new Float64Array(count)
    const ys = new Float64Array(count)
    const street = streetOf(road, xs, ys)
    for (let n = 0; n < count; n++) {
      const north = points[2 * n]! - lat0
      const east = points[2 * n + 1]! - lon0
      xs[n] = (east / 1e7) * eastPerDegree
      ys[n] = (north / 1e7) * metresPerDegree
      if (Math.abs(north) >= keyReach || Math.abs(east) >= keyReach) continue
      const key = (north + keyReach) * 2 * keyReach + east + keyReach
      const use = {
        street,
        at: n === 0 ? ('start' as const) : n === count - 1 ? ('end' as const) : ('middle' as const),
      }
      const users = nodes.get(key)
      if (users) users.push(use)
      else nodes.set(key, [use])
    }
    street.minX = xs.reduce((a, b) => Math.min(a, b))
    street.maxX = xs.reduce((a, b) => Math.max(a, b))
    street.minY = ys.reduce((a, b) => Math.min(a, b))
    street.maxY = ys.reduce((a, b) => Math.max(a, b))
    return street
  })
  for (const users of nodes.values()) {
    if (users.length < 2) continue
    for (const { street, at } of users)
      for (const { street: other } of users) {
        if (other === street) continue
        street.joined.add(other.id)
        if (at === 'start') street.atStart.push(other)
        else if (at === 'end') street.atEnd.push(other)
      }
  }
  return {
    streets,
    byId: new Map(streets.map((street) => [street.id, street])),
    x: (at) => (at - lon) * eastPerDegree,
    y: (at) => (at - lat) * metresPerDegree,
  }
}

function pointsOf({ points }: MapRoad): Int32Array {
  // A blob may begin anywhere in a larger buffer, a typed array may not.
  return new Int32Array(points.buffer.slice(points.byteOffset, points.byteOffset + points.byteLength))
}

function streetOf(road: MapRoad, xs: Float64Array, ys: Float64Array): Street {
  return {
    id: road.id,
    kindCost: road.kindCost,
    oneway: road.oneway,
    forwardKmh: road.forwardKmh ?? Number.NaN,
    backwardKmh: road.backwardKmh ?? Number.NaN,
    certain: road.certain === 1,
    forwardConditions: road.forwardConditions,
    backwardConditions: road.backwardConditions,
    xs,
    ys,
    minX: 0,
    maxX: 0,
    minY: 0,
    maxY: 0,
    joined: new Set(),
    atStart: [],
    atEnd: [],
  }
}
