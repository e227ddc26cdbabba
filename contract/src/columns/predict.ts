import { asBefore, type Column, type Guess, lastKnown } from './column.ts'
import { cosine } from './cosine.ts'
import type { TelematicsField } from './telematics-fields.ts'

/** Telematics events are a second apart. */
const stepMs = 1000
/** Share of the mean of the second's extreme accelerations that becomes a change of speed; found on recorded drives. */
const accelerationShare = 0.9
/** Share of an acceleration that is left a second later; found likewise. */
const lasting = 0.9
/** Tenths of a degree that a second at one milliradian per second turns, times the share found on recorded drives. */
const turnShare = (0.9 * 1800) / (Math.PI * 1000)
/** Share of the speed and heading at the end of the second in its step, against those at its start; found likewise. */
const endShare = 0.7
/** Metres of a step of 1e-6° of latitude, with the mean radius of the Earth. */
const metresAStep = 0.11119508

type Columns = ReadonlyMap<string, Column>

/**
 * How a field is guessed, from its own past and from the columns that travel before it.
 *
 * Only + − × ÷ and rounding are used, which IEEE 754 and ECMAScript fix to the last bit: what is guessed in the car is
 * guessed in the cloud.
 */
export function guessOf(name: TelematicsField['name'], before: Columns): Guess {
  switch (name) {
    case 'at':
      return { at: (own, i) => (own[i - 1] ?? -stepMs) + stepMs }
    case 'aLongMin':
    case 'aLatMin':
      return { at: (own, i) => Math.round((lastKnown(own, i) ?? 0) * lasting) }
    case 'aLongMax':
      return { at: sameSpread(before.get('aLongMin') ?? []) }
    case 'aLatMax':
      return { at: sameSpread(before.get('aLatMin') ?? []) }
    case 'speedMps':
      return { at: carriedOn((i) => mean(before, 'aLongMin', 'aLongMax', i) * accelerationShare) }
    case 'headingDeg':
      return { at: carriedOn((i) => -(before.get('yawRateMax')?.[i] ?? 0) * turnShare), modulus: 3600 }
    case 'lat':
      return { at: carriedOn((i) => stepNorth(before, i) / metresAStep) }
    case 'lon':
      return { at: carriedOn((i) => stepEast(before, i) / metresAStep / cosine(lastLat(before, i))) }
    default:
      return asBefore
  }
}

/** The last known value, and the change that the other columns speak of. */
function carriedOn(change: (i: number) => number): Guess['at'] {
  return (own, i) => {
    const last = lastKnown(own, i)
    return last === null ? 0 : last + Math.round(change(i))
  }
}

/** Halfway between what it was and as far above `lower` as in the two seconds before. */
function sameSpread(lower: Column): Guess['at'] {
  return (own, i) => {
    const spread = (j: number): number => (own[j] ?? 0) - (lower[j] ?? 0)
    const above = (lower[i] ?? 0) + (i < 2 ? spread(i - 1) : (spread(i - 1) + spread(i - 2)) / 2)
    return Math.round((above + (lastKnown(own, i) ?? above)) / 2)
  }
}

function mean(columns: Columns, one: string, other: string, i: number): number {
  return ((columns.get(one)?.[i] ?? 0) + (columns.get(other)?.[i] ?? 0)) / 2
}

/** Metres in the second that ends at `i`. */
function stepNorth(columns: Columns, i: number): number {
  const along = (j: number): number => speedAt(columns, j) * cosine(headingAt(columns, j))
  return along(i) * endShare + along(i - 1) * (1 - endShare)
}

function stepEast(columns: Columns, i: number): number {
  const along = (j: number): number => speedAt(columns, j) * cosine(headingAt(columns, j) - 90)
  return along(i) * endShare + along(i - 1) * (1 - endShare)
}

const speedAt = (columns: Columns, i: number): number => (columns.get('speedMps')?.[i] ?? 0) / 100
const headingAt = (columns: Columns, i: number): number => (columns.get('headingDeg')?.[i] ?? 0) / 10

/** Degrees, kept off the poles, where a step east has no length. */
const lastLat = (columns: Columns, i: number): number =>
  Math.max(-89, Math.min(89, (columns.get('lat')?.[i] ?? 0) / 1e6))
