import type { TripRecord, TripStatistics } from '@fairmile/contract/trip.ts'
import { type FoundTrip, leastFound } from './found-trips.ts'
import { emptyStatistics, mergeStatistics, statisticsHistograms, statisticsSums } from './merge-statistics.ts'

/** A trip that the cloud found, or a part of one. */
type FoundPart = Pick<FoundTrip, 'startAt' | 'endAt' | 'firstSeq' | 'lastSeq' | 'statistics'>

/** What the car says was driven. */
interface Told extends Pick<TripRecord, 'startAt' | 'endAt'> {
  readonly statistics: Pick<TripStatistics, 'distanceM'>
}

/**
 * What of a trip that the cloud found a record of the car does not cover, without a look at its seconds: at most a part before and one after, none
 * that is too short to be found.
 *
 * They share by their time the metres that the record does not tell, and the other sums as the metres, so that no kilometre is lost or there twice. No part
 * is faster than the trip ever was.
 */
export function foundRests(found: FoundPart, record: Told): FoundPart[] {
  const { startAt, endAt, firstSeq, lastSeq, statistics } = found
  const seqAt = (ms: number): number => firstSeq + ((lastSeq - firstSeq) * (ms - startAt)) / (endAt - startAt)
  const leftM = Math.max(0, statistics.distanceM - metresWithin(record, found))
  const [until, from] = [Math.min(record.startAt, endAt), Math.max(record.endAt, startAt)]
  const parts = [
    { startAt, endAt: until, firstSeq, lastSeq: until < endAt ? Math.ceil(seqAt(until)) - 1 : lastSeq },
    { startAt: from, endAt, firstSeq: from > startAt ? Math.floor(seqAt(from)) + 1 : firstSeq, lastSeq },
  ].filter((part) => secondsOf(part) >= leastFound.durationS)
  const restS = parts.reduce((sum, part) => sum + secondsOf(part), 0)
  return parts
    .map((part) => {
      const distanceM = Math.min((leftM * secondsOf(part)) / restS, statistics.speedMaxMps * secondsOf(part))
      return { ...part, statistics: partOf(statistics, { distanceM, seconds: secondsOf(part) }) }
    })
    .filter((part) => part.statistics.distanceM >= leastFound.distanceM)
}

interface Span {
  readonly startAt: number
  readonly endAt: number
}

const secondsOf = ({ startAt, endAt }: Span): number => (endAt - startAt) / 1000

/** What of a record's metres lies within a time, as if it had gone at one speed. */
function metresWithin({ startAt, endAt, statistics }: Told, span: Span): number {
  const shared = { startAt: Math.max(startAt, span.startAt), endAt: Math.min(endAt, span.endAt) }
  if (endAt <= startAt || shared.endAt <= shared.startAt) return 0
  return (statistics.distanceM * secondsOf(shared)) / secondsOf({ startAt, endAt })
}

/** So many metres of a trip, with its other sums by their share: but no more of its time than the part takes. */
function partOf(statistics: TripStatistics, { distanceM, seconds }: { distanceM: number; seconds: number }) {
  const part = shareOf(statistics, distanceM / statistics.distanceM)
  if (part.durationS <= seconds) return part
  const times = shareOf(statistics, seconds / statistics.durationS)
  const { distanceM: metres, speedSum, speedSquareSum } = part
  return { ...times, distanceM: metres, speedSum, speedSquareSum }
}

/** A share of all sums, 0–1. */
function shareOf(statistics: TripStatistics, share: number): TripStatistics {
  const part = mergeStatistics(emptyStatistics(), statistics)
  for (const name of statisticsSums) part[name] *= share
  for (const name of statisticsHistograms) for (const bin of part[name].keys()) part[name][bin]! *= share
  return { ...part, stops: Math.round(part.stops) }
}
