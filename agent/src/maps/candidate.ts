import { DEG_PER_RAD } from '@fairmile/contract/units.ts'
import type { Street } from './street-region.ts'

/** A street that a fix may be on. */
export interface Candidate {
  street: Street
  /** Driving as the street is drawn. */
  forward: boolean
  /** Metres from the fix. */
  distanceM: number
  /** Metres along the street from its first node; only as far as it matters here. */
  alongM: number
  lengthM: number
  /** How badly the fix fits, as half the squared number of standard deviations, with the penalties. */
  cost: number
}

/** Farther from a fix than this nothing is looked at, metres. */
const reachM = 40
/** One standard deviation of a car's place across the road: receiver, lanes, and how exactly streets are drawn, metres. */
const sigmaM = 8
/** One standard deviation of a course against the street, degrees. */
const sigmaDeg = 20
/** Beyond this many degrees a course is as wrong as it can be: turning, or noise. */
const maxOffDeg = 75
/** Against a one-way street: possible, and rare. */
const againstCost = 4

/**
 * The streets near a place, each with its best-fitting piece.
 * @param x metres in the streets' region
 * @param headingDeg NaN where unknown
 */
export function candidatesAt(streets: readonly Street[], x: number, y: number, headingDeg: number): Candidate[] {
  const found: Candidate[] = []
  for (const street of streets) {
    if (x < street.minX - reachM || x > street.maxX + reachM || y < street.minY - reachM || y > street.maxY + reachM)
      continue
    const candidate = fit(street, x, y, headingDeg)
    if (candidate !== null) found.push(candidate)
  }
  return found
}

function fit(street: Street, x: number, y: number, headingDeg: number): Candidate | null {
  const { xs, ys } = street
  let best: Candidate | null = null
  let lengthM = 0
  for (let n = 1; n < xs.length; n++) {
    const [x0, y0] = [xs[n - 1]!, ys[n - 1]!]
    const [dx, dy] = [xs[n]! - x0, ys[n]! - y0]
    const stepM = Math.hypot(dx, dy)
    const share = stepM === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (stepM * stepM)))
    const distanceM = Math.hypot(x - x0 - share * dx, y - y0 - share * dy)
    if (distanceM <= reachM) {
      const offDeg = Number.isNaN(headingDeg) ? Number.NaN : angleDeg(Math.atan2(dx, dy) * DEG_PER_RAD, headingDeg)
      const forward = street.oneway > 0 || (street.oneway === 0 && !(offDeg > 90))
      const against = street.oneway !== 0 && (street.oneway > 0 ? offDeg > 120 : offDeg < 60)
      const axisDeg = Number.isNaN(offDeg) ? 0 : Math.min(offDeg, 180 - offDeg, maxOffDeg)
      const cost =
        (distanceM / sigmaM) ** 2 / 2 + (axisDeg / sigmaDeg) ** 2 / 2 + (against ? againstCost : 0) + street.kindCost
      if (best === null || cost < best.cost)
        best = { street, forward, distanceM, alongM: lengthM + share * stepM, lengthM: 0, cost }
    }
    lengthM += stepM
  }
  if (best !== null) best.lengthM = lengthM
  return best
}

/** Degrees between two directions, 0 to 180. */
function angleDeg(a: number, b: number): number {
  return Math.abs(((((a - b) % 360) + 540) % 360) - 180)
}
