import type { LimitAt, PostedLimit } from '../sensors.ts'
import { type Candidate, candidatesAt } from './candidate.ts'
import type { ConditionalLimit, LimitNow } from './conditional-limit.ts'
import { openMapFile, type RoadMap } from './map-file.ts'
import { loadRegion, type Street, type StreetRegion } from './street-region.ts'

/** A region is loaded anew this far from its middle, metres: the 700 m it holds reach beyond by the length of the track. */
const reloadM = 400
/** Fixes are matched at most this often, milliseconds. */
const everyMs = 900
/** After such a pause the track begins anew, milliseconds. */
const forgetMs = 10_000
/** Slower than this the place drifts and the course is noise: the street stays what it was. m/s */
const minSpeedMps = 1.5
/** What the past of the track weighs with each further fix: of eight fixes ago a fifth is left. */
const memory = 0.82
/** Cost of going on to a street that shares a node, that is one short street further, and of a jump. */
const joinedCost = 0.7
const secondCost = 1.6
const jumpCost = 4
/** Nearer to a change of the limit than this, where a sign stands is not known well enough, metres. */
const nearChangeM = 50
const implicitConfidence = 0.6
const nearChangeConfidence = 0.7

/** A map that is open for looking up limits. */
export interface OpenLimits {
  limitAt: LimitAt
  close(): void
}

/**
 * Opens a map file for one drive; `timeZone` is the IANA name of the zone that conditional limits are of.
 * @throws {Error} that says what is wrong with the file and how to make one
 */
export async function openLimits(path: string, { timeZone }: { timeZone: string }): Promise<OpenLimits> {
  const map = openMapFile(path)
  if (!map.hasConditions) return { limitAt: createLimitAt(map), close: map.close }
  // Loaded for maps that need it alone: it takes 8 MB.
  const { createConditionalLimit } = await import('./conditional-limit.ts')
  return { limitAt: createLimitAt(map, createConditionalLimit({ timeZone })), close: map.close }
}

interface Track {
  candidate: Candidate
  cost: number
}

/**
 * Looks up posted limits by following a track of fixes over the streets (Viterbi's algorithm with a fading past): distance and
 * course say how well each street fits, and going on to a street that is not joined costs. A street without a limit that
 * fits best means that the limit is unknown.
 */
export function createLimitAt(map: RoadMap, conditional?: ConditionalLimit): LimitAt {
  let region: StreetRegion | null = null
  let tracks: Track[] = []
  let lastMs = Number.NEGATIVE_INFINITY
  let lastX = 0
  let lastY = 0
  let limit: PostedLimit | null = null
  let sinceChangeM = Number.POSITIVE_INFINITY

  function moveTo(lat: number, lon: number): { region: StreetRegion; x: number; y: number } {
    if (region !== null) {
      const [x, y] = [region.x(lon), region.y(lat)]
      if (Math.hypot(x, y) <= reloadM) return { region, x, y }
    }
    const next = loadRegion(map, lat, lon)
    const { byId } = next
    tracks = tracks.flatMap(({ candidate, cost }) => {
      const street = byId.get(candidate.street.id)
      return street ? [{ candidate: { ...candidate, street }, cost }] : []
    })
    region = next
    lastX = lastY = Number.NaN
    return { region, x: 0, y: 0 }
  }

  return (fix) => {
    if (fix.lat === null || fix.lon === null) return null
    const pauseMs = fix.tMs - lastMs
    if (pauseMs >= 0 && pauseMs < everyMs) return limit
    if (!(pauseMs <= forgetMs)) {
      tracks = []
      sinceChangeM = Number.POSITIVE_INFINITY
    }
    lastMs = fix.tMs
    const moving = fix.speedMps === null || fix.speedMps >= minSpeedMps
    if (!moving && tracks.length > 0) return limit
    const { region: here, x, y } = moveTo(fix.lat, fix.lon)
    const headingDeg = moving && fix.courseDeg !== null ? fix.courseDeg : Number.NaN
    tracks = follow(tracks, candidatesAt(here.streets, x, y, headingDeg))
    const limitOf = (street: Street, forward: boolean) => limitNow(street, forward, fix.utcMs, conditional)
    const next = judge(tracks, sinceChangeM, limitOf)
    const stepM = Math.hypot(x - lastX, y - lastY)
    sinceChangeM += Number.isNaN(stepM) ? 0 : stepM
    lastX = x
    lastY = y
    if (limit !== null && next?.limitKmh !== limit.limitKmh) sinceChangeM = 0
    limit = next
    return limit
  }
}

function follow(before: readonly Track[], candidates: readonly Candidate[]): Track[] {
  const least = Math.min(...before.map(({ cost }) => cost))
  return candidates.map((candidate) => {
    let past = before.length === 0 ? 0 : Number.POSITIVE_INFINITY
    for (const track of before)
      past = Math.min(past, memory * (track.cost - least) + stepCost(track.candidate.street, candidate.street))
    return { candidate, cost: past + candidate.cost }
  })
}

function stepCost(from: Street, to: Street): number {
  if (from.id === to.id) return 0
  if (from.joined.has(to.id)) return joinedCost
  for (const id of from.joined) if (to.joined.has(id)) return secondCost
  return jumpCost
}

/** The limit of a street in a driving direction now. */
type LimitOf = (street: Street, forward: boolean) => LimitNow

function limitNow(
  street: Street,
  forward: boolean,
  utcMs: number | null,
  conditional: ConditionalLimit | undefined,
): LimitNow {
  const limitKmh = forward ? street.forwardKmh : street.backwardKmh
  const conditions = forward ? street.forwardConditions : street.backwardConditions
  if (conditions === null) return { limitKmh, certain: street.certain }
  const now = conditional?.(conditions, limitKmh, utcMs) ?? { limitKmh, certain: false }
  return { limitKmh: now.limitKmh, certain: now.certain && street.certain }
}

function judge(tracks: readonly Track[], sinceChangeM: number, limitOf: LimitOf): PostedLimit | null {
  if (tracks.length === 0) return null
  const best = tracks.reduce((a, b) => (b.cost < a.cost ? b : a))
  const { limitKmh, certain } = limitOf(best.candidate.street, best.candidate.forward)
  if (Number.isNaN(limitKmh)) return null
  let same = 0
  let all = 0
  for (const { candidate, cost } of tracks) {
    const weight = Math.exp(best.cost - cost)
    all += weight
    if (limitOf(candidate.street, candidate.forward).limitKmh === limitKmh) same += weight
  }
  const near = sinceChangeM < nearChangeM || changesNear(best.candidate, limitKmh, limitOf)
  const confidence = (same / all) * (certain ? 1 : implicitConfidence) * (near ? nearChangeConfidence : 1)
  return { limitKmh, confidence }
}

/** Whether a street that goes on from this one within 50 m has another limit, or none that is known. */
function changesNear({ street, alongM, lengthM, forward }: Candidate, limitKmh: number, limitOf: LimitOf): boolean {
  const ends = [
    { streets: street.atStart, away: alongM },
    { streets: street.atEnd, away: lengthM - alongM },
  ]
  return ends.some(
    ({ streets, away }) =>
      away < nearChangeM &&
      streets.some((next) => limitOf(next, forward).limitKmh !== limitKmh && goesOn(street, next)),
  )
}

/** Whether two streets meet end to end in about one direction. */
function goesOn(a: Street, b: Street): boolean {
  return endsOf(a).some((p) =>
    endsOf(b).some((q) => p.x === q.x && p.y === q.y && p.outX * q.outX + p.outY * q.outY < -0.7),
  )
}

/** First and last node with the unit vector into the street. */
function endsOf({ xs, ys }: Street): { x: number; y: number; outX: number; outY: number }[] {
  const end = (at: number, next: number) => {
    const [dx, dy] = [xs[next]! - xs[at]!, ys[next]! - ys[at]!]
    const length = Math.hypot(dx, dy) || 1
    return { x: xs[at]!, y: ys[at]!, outX: dx / length, outY: dy / length }
  }
  return [end(0, 1), end(xs.length - 1, xs.length - 2)]
}
