import type { PathPoint } from '@fairmile/contract/http/trips.ts'
import { EARTH_RADIUS_M } from '@fairmile/contract/units.ts'

/** A known place of the way in the drawing's pixels. */
interface Place {
  tS: number
  x: number
  y: number
  risk: number | null
}

/** A stretch drawn with one stroke; bridged where the positions in between are not known. */
interface Run {
  d: string
  risk: number | null
  bridged: boolean
}

/** A trip's way as a drawing: north up, equal scale in both directions. */
export interface Track {
  widthPx: number
  heightPx: number
  places: Place[]
  runs: Run[]
  scale: { px: number; label: string }
}

/** Size of a drawing in the units that its strokes and letters are measured in. */
export interface TrackSize {
  widthPx: number
  /** Height for width, but never taller than this. */
  mostHeightPx: number
}

const marginPx = 32
/** Never a ribbon. */
const leastHeightPx = 200
/** The way is stroked in this many pieces at most: each has one colour. */
const pointsPerRun = 4
const scaleSteps = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000]

/** Projects the known points (equirectangular about their middle); null where fewer than two are known. */
export function projectTrack(points: readonly PathPoint[], { widthPx, mostHeightPx }: TrackSize): Track | null {
  const known = points.filter((point) => point.lat !== null && point.lon !== null) as (PathPoint & {
    lat: number
    lon: number
  })[]
  if (known.length < 2) return null
  const lats = known.map(({ lat }) => lat)
  const lons = known.map(({ lon }) => lon)
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lons), Math.max(...lons)]
  const metresPerDegree = (EARTH_RADIUS_M * Math.PI) / 180
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const acrossM = Math.max(1, (east - west) * metresPerDegree * squeeze)
  const upM = Math.max(1, (north - south) * metresPerDegree)
  const inner = widthPx - 2 * marginPx
  const wanted = (inner * upM) / acrossM + 2 * marginPx
  const heightPx = Math.round(Math.max(leastHeightPx, Math.min(mostHeightPx, wanted)))
  const pxPerM = Math.min(inner / acrossM, (heightPx - 2 * marginPx) / upM)
  const round = (value: number) => Math.round(value * 10) / 10
  const places = known.map(({ tS, lat, lon, risk }) => ({
    tS,
    risk,
    x: round(widthPx / 2 + (lon - (west + east) / 2) * metresPerDegree * squeeze * pxPerM),
    y: round(heightPx / 2 - (lat - (south + north) / 2) * metresPerDegree * pxPerM),
  }))
  return { widthPx, heightPx, places, runs: runsOf(places, points), scale: scaleOf(pxPerM, widthPx) }
}

function runsOf(places: readonly Place[], points: readonly PathPoint[]): Run[] {
  const unknown = new Set(points.flatMap((point, index) => (point.lat === null ? [index] : [])))
  const indexOf = new Map(points.map(({ tS }, index) => [tS, index]))
  const runs: Run[] = []
  for (let from = 0; from < places.length - 1; ) {
    const bridged = unknown.has(indexOf.get(places[from]!.tS)! + 1)
    let to = from + 1
    while (!bridged && to - from < pointsPerRun && to < places.length - 1) {
      if (unknown.has(indexOf.get(places[to]!.tS)! + 1)) break
      to += 1
    }
    const part = places.slice(from, to + 1)
    const risks = part.flatMap(({ risk }) => (risk === null ? [] : [risk]))
    const d = part.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')
    runs.push({ d, bridged, risk: risks.length > 0 ? Math.max(...risks) : null })
    from = to
  }
  return runs
}

function scaleOf(pxPerM: number, widthPx: number): Track['scale'] {
  const metres = scaleSteps.findLast((step) => step * pxPerM <= widthPx / 4) ?? scaleSteps[0]!
  return { px: Math.round(metres * pxPerM), label: metres < 1000 ? `${metres} m` : `${metres / 1000} km` }
}
