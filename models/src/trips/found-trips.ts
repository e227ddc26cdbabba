import { quality } from '@fairmile/contract/telematics.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import type { MotionSample } from '../motion.ts'
import { emptyStatistics } from './merge-statistics.ts'
import { createTripFinder, type TripPoint } from './trip.ts'
import { type TripAccount, tripAccount } from './trip-account.ts'
import { inOrderOnce, type TripSecond } from './trip-seconds.ts'

/** What a stretch must at least be: below, the car's ten looks a second and the cloud's one may differ on whether it moved off at all. */
export const leastFound = { distanceM: 500, durationS: 60 } as const

/** Numbers of a boot that a trip of the car has, both included. */
export interface Covered {
  readonly firstSeq: number
  readonly lastSeq: number
}

/** A stretch of driving in one boot, from moving off to its last motion. */
export interface FoundTrip {
  bootId: number
  firstSeq: number
  lastSeq: number
  /** UTC epoch milliseconds. */
  startAt: number
  endAt: number
  startLat: number | null
  startLon: number | null
  endLat: number | null
  endLon: number | null
  statistics: TripStatistics
}

/**
 * Finds the driving in one boot's seconds that no trip of the car covers, by the rule of the car: from moving off to ten minutes without motion.
 *
 * In any order and however often each second came. What was made before the clock was set has no time, and is left out.
 */
export function foundTrips(given: readonly TripSecond[], covered: readonly Covered[]): FoundTrip[] {
  const found: FoundTrip[] = []
  let run: TripSecond[] = []
  const isCovered = ({ seq }: TripSecond): boolean =>
    covered.some(({ firstSeq, lastSeq }) => seq >= firstSeq && seq <= lastSeq)
  for (const second of inOrderOnce(given)) {
    if ((second.quality & quality.clockUnset) !== 0) continue
    if (!isCovered(second)) run.push(second)
    else if (run.length > 0) {
      found.push(...stretchesOf(run))
      run = []
    }
  }
  return [...found, ...stretchesOf(run)].filter(
    ({ statistics }) => statistics.distanceM >= leastFound.distanceM && statistics.durationS >= leastFound.durationS,
  )
}

function stretchesOf(run: readonly TripSecond[]): FoundTrip[] {
  const found: FoundTrip[] = []
  const ended = (start: TripPoint, end: TripPoint): void => {
    // The finder's time is the place in the run, in thousands, where no two seconds share one.
    const seconds = run.slice(indexAt.get(start.tMs), (indexAt.get(end.tMs) ?? 0) + 1)
    const [first, last] = [seconds[0]!, seconds.at(-1)!]
    const frame = { bootId: first.bootId, firstSeq: first.seq, lastSeq: last.seq, events: [] }
    const statistics = ungradedStatistics(tripAccount(seconds, frame))
    found.push({
      bootId: first.bootId,
      firstSeq: first.seq,
      lastSeq: last.seq,
      // Where the clock went back on the way, it began no later than its seconds before its end: as the car says it.
      startAt: Math.min(first.at, last.at - Math.ceil(statistics.durationS * 1000)),
      endAt: last.at,
      startLat: first.lat,
      startLon: first.lon,
      endLat: last.lat,
      endLon: last.lon,
      statistics,
    })
  }
  const indexAt = new Map<number, number>()
  const finder = createTripFinder({ sink: { started: () => {}, ended } })
  let tMs = 0
  for (const [index, second] of run.entries()) {
    const before = run[index - 1]
    tMs += before ? Math.max(1, second.at - before.at) : 0
    indexAt.set(tMs, index)
    finder.push(asSample(second, tMs), null)
  }
  finder.end('power_loss')
  return found
}

/** The finder looks at speed alone here: a stretch of unknown speed has no distance, and is too short in any case. */
function asSample({ at, lat, lon, speedMps, limitKmh, quality: bits }: TripSecond, tMs: number): MotionSample {
  return {
    tMs,
    atMs: at,
    lat: lat ?? Number.NaN,
    lon: lon ?? Number.NaN,
    altM: Number.NaN,
    speedMps: speedMps ?? 0,
    headingDeg: Number.NaN,
    aLong: Number.NaN,
    aLat: Number.NaN,
    aVert: Number.NaN,
    yawRate: Number.NaN,
    hdop: Number.NaN,
    limitKmh: limitKmh ?? Number.NaN,
    limitConfidence: Number.NaN,
    phoneUse: Number.NaN,
    sigmaG: Number.NaN,
    quality: bits,
  }
}

/**
 * Statistics of a trip that the cloud found: how far, how long and how fast. Nothing of it could be graded, so it has no gradable metre, event,
 * acceleration or limit: it can neither earn a discount nor be held against anyone.
 */
function ungradedStatistics(account: TripAccount): TripStatistics {
  const { distanceM, durationS, movingS, idleS, stops, speedMaxMps, speedSum, speedSquareSum, speedHistS } = account
  return {
    ...emptyStatistics(),
    ...{ distanceM, durationS, movingS, idleS, stops, speedMaxMps, speedSum, speedSquareSum, speedHistS },
  }
}
