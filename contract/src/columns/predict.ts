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
  const of = (column: TelematicsField['name']): Column => before.get(column) ?? []
  switch (name) {
    case 'at':
      return { at: (own, i) => (own[i - 1] ?? -stepMs) + stepMs }
    case 'aLongMin':
    case 'aLatMin':
      return { at: (own, i) => Math.round((lastKnown(own, i) ?? 0) * lasting) }
    case 'aLongMax':
      return { at: sameSpread(of('aLongMin')) }
    case 'aLatMax':
      return { at: sameSpread(of('aLatMin')) }
    case 'speedMps':
      return { at: carriedOn(meanShare(of('aLongMin'), of('aLongMax'))) }
    case 'headingDeg': {
      const yawRate = of('yawRateMax')
      return { at: carriedOn((i) => -(yawRate[i] ?? 0) * turnShare), modulus: 3600 }
    }
    case 'lat': {
      const north = stepAlong(of('speedMps'), of('headingDeg'), 0)
      return { at: carriedOn((i) => north(i) / metresAStep) }
    }
    case 'lon': {
      const east = stepAlong(of('speedMps'), of('headingDeg'), 90)
      const lat = of('lat')
      return { at: carriedOn((i) => east(i) / metresAStep / cosine(lastLat(lat, i))) }
    }
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

/** The mean of a second's extreme accelerations, as a change of speed. */
const meanShare =
  (one: Column, other: Column) =>
  (i: number): number =>
    (((one[i] ?? 0) + (other[i] ?? 0)) / 2) * accelerationShare

/** Metres in the second that ends at `i`, towards a bearing in degrees. */
function stepAlong(speed: Column, heading: Column, bearingDeg: number): (i: number) => number {
  const along = (j: number): number => ((speed[j] ?? 0) / 100) * cosine((heading[j] ?? 0) / 10 - bearingDeg)
  // What a step ends with, the next one begins with; steps are mostly asked for in their order.
  let known = -1
  let knownAlong = along(-1)
  return (i) => {
    const start = known === i - 1 ? knownAlong : along(i - 1)
    known = i
    knownAlong = along(i)
    return knownAlong * endShare + start * (1 - endShare)
  }
}

/** Degrees, kept off the poles, where a step east has no length. */
const lastLat = (lat: Column, i: number): number => Math.max(-89, Math.min(89, (lat[i] ?? 0) / 1e6))
