import type { TripRecord, TripStatistics } from './trip.ts'

/** No land vehicle on a road is faster, m/s: the same as for any one moment of a record. */
export const fastestMps = 150
/** No car is driven for longer without a rest that ends the trip, s: 48 h. */
const longestS = 172_800
/** Seconds that a time may be longer than the one which holds it: a trip that went on has the sums of several parts. */
const slackS = 60
/** Share on top: sums of a day at 10 Hz are rounded. */
const slackShare = 0.05
/** What a sum of metres may be off from another of the same way: jumps of a receiver that one of them left out, metres and share. */
const slackM = 1_000
const slackMShare = 0.25
/** A standstill is a stop from this time on, s: there are no more stops than the idle seconds hold. */
const stopS = 2
/** Stops and events of one kind that may be more than the seconds hold: of trips of a few seconds, and of crashes, which come together. */
const slackCount = 10
/** No detector tells more events of one kind in a second. */
const eventsPerS = 1
/** No sensor of ours feels more, m/s²: 16 g in each direction. */
const strongestMps2 = 160

/** One number of a trip that another one bounds: both are said where it is too large. */
interface Bound {
  readonly what: string
  readonly value: number
  readonly by: string
  readonly atMost: number
}

/**
 * What contradicts what in a trip's record; null where nothing does. Each number by itself may be all right (`range.ts`).
 *
 * Only what cannot be in a car, with room for rounding and receivers that jump. The times of start and end bound nothing: the clock may have been set
 * between them, and sums are made by one that is not. `riskS` has no bound, as it goes on while the car stands after the last motion, and no price
 * rests on it. It is the cloud that asks: what an older agent keeps or has written is never refused in the car.
 */
export function contradictionOf(trip: TripRecord): string | null {
  const odd = boundsOf(trip).find(({ value, atMost }) => !(value <= atMost))
  return odd ? `${odd.what} is ${round(odd.value)}, but ${odd.by} allows at most ${round(odd.atMost)}` : null
}

function boundsOf({ firstSeq, lastSeq, statistics }: TripRecord): Bound[] {
  return [
    { what: 'firstSeq', value: firstSeq, by: 'lastSeq', atMost: lastSeq },
    ...timeBounds(statistics),
    ...wayBounds(statistics),
    ...countBounds(statistics),
  ]
}

function timeBounds(statistics: TripStatistics): Bound[] {
  const { durationS, movingS, idleS, limitKnownS, overLimitS, phoneS, phoneKnownS } = statistics
  const within = (what: string, value: number, by: string, seconds: number): Bound => ({
    ...{ what, value, by: `${by} of ${round(seconds)} s` },
    atMost: seconds * (1 + slackShare) + slackS,
  })
  const histograms = ['speedHistS', 'aLongHistS', 'aLatHistS', 'jerkHistS', 'hourHistS'] as const
  return [
    within('durationS', durationS, 'the longest trip', longestS),
    within('movingS + idleS', movingS + idleS, 'durationS', durationS),
    ...histograms.map((name) => within(`The sum of ${name}`, sumOf(statistics[name]), 'movingS', movingS)),
    ...(['imuS', 'weekendS', 'limitKnownS', 'phoneKnownS'] as const).map((name) =>
      within(name, statistics[name], 'movingS', movingS),
    ),
    within('The longest of overLimitS', Math.max(...overLimitS), 'limitKnownS', limitKnownS),
    within('phoneS', phoneS, 'phoneKnownS', phoneKnownS),
  ]
}

/** Metres and squares: ∫v dt and ∫v² dt of speeds and accelerations that can be. */
function wayBounds({ distanceM, gradableM, movingS, imuS, ...sums }: TripStatistics): Bound[] {
  const { speedMaxMps, speedSum, speedSquareSum, aLongSquareSum, aLatSquareSum } = sums
  const isNear = (what: string, value: number, by: string, metres: number): Bound => ({
    ...{ what, value, by: `${by} of ${round(metres)} m` },
    atMost: metres * (1 + slackMShare) + slackM,
  })
  const wayIn = (fastest: number) => fastest * (movingS * (1 + slackShare) + slackS)
  const shaken = strongestMps2 ** 2 * (imuS * (1 + slackShare) + slackS)
  const felt = `imuS of ${round(imuS)} s at ${strongestMps2} m/s²`
  return [
    { what: 'speedMaxMps', value: speedMaxMps, by: 'any car', atMost: fastestMps },
    {
      ...{ what: 'distanceM', value: distanceM, by: `movingS of ${round(movingS)} s at ${fastestMps} m/s` },
      atMost: wayIn(fastestMps),
    },
    isNear('distanceM', distanceM, 'speedSum', speedSum),
    isNear('speedSum', speedSum, 'distanceM', distanceM),
    isNear('gradableM', gradableM, 'distanceM', distanceM),
    {
      ...{ what: 'speedSquareSum', value: speedSquareSum, by: `speedSum of ${round(speedSum)} m at ${fastestMps} m/s` },
      atMost: fastestMps * (speedSum * (1 + slackMShare) + slackM),
    },
    { what: 'aLongSquareSum', value: aLongSquareSum, by: felt, atMost: shaken },
    { what: 'aLatSquareSum', value: aLatSquareSum, by: felt, atMost: shaken },
  ]
}

function countBounds({ durationS, stops, idleS, events }: TripStatistics): Bound[] {
  const atMost = durationS * (1 + slackShare) * eventsPerS + slackCount
  return [
    {
      ...{ what: 'stops', value: stops, by: `idleS of ${round(idleS)} s` },
      atMost: (idleS * (1 + slackShare)) / stopS + slackCount,
    },
    ...[...Map.groupBy(events, ({ kind }) => kind)].map(([kind, counts]) => ({
      ...{ what: `The number of ${kind} events`, value: sumOf(counts.map(({ count }) => count)) },
      ...{ by: `durationS of ${round(durationS)} s`, atMost },
    })),
  ]
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const round = (value: number): number => Math.round(value * 10) / 10
