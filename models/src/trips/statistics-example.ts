import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { counted, emptyStatistics } from './merge-statistics.ts'

/** What an example trip is made from. */
export interface TripShape {
  km: number
  /** Share of the kilometres on which events could be graded A, 0–1. */
  gradable: number
  /** Temper, 0–1: faster, firmer, more stops. */
  temper: number
  events: Pick<DrivingEvent, 'kind' | 'band' | 'grade'>[]
  /** Seconds from moving off to the last motion. @default by the speed that the temper drives at */
  lastsS?: number
}

/** Statistics that a trip of that shape could have: for tests. */
export function statisticsExample({ km, gradable, temper, events, lastsS }: TripShape): TripStatistics {
  const empty = emptyStatistics()
  const speedMps = lastsS === undefined ? 8 + 20 * temper : (km * 1000 * 1.2) / lastsS
  const movingS = (km * 1000) / speedMps
  const spread = (bins: number[]): number[] => {
    const weights = bins.map((_, n) => 1 + ((n * 7 + temper * 10) % 5))
    const sum = weights.reduce((a, b) => a + b, 0)
    return weights.map((weight) => (movingS * weight) / sum)
  }
  return {
    ...empty,
    distanceM: km * 1000,
    gradableM: km * 1000 * gradable,
    durationS: movingS * 1.2,
    movingS,
    idleS: movingS * 0.2,
    stops: Math.round(km * temper),
    speedMaxMps: speedMps * 1.4,
    speedSum: km * 1000,
    speedSquareSum: km * 1000 * speedMps * 1.1,
    speedHistS: spread(empty.speedHistS),
    imuS: movingS * gradable,
    aLongHistS: spread(empty.aLongHistS).map((seconds) => seconds * gradable),
    aLatHistS: spread(empty.aLatHistS).map((seconds) => seconds * gradable),
    aLongSquareSum: movingS * temper,
    aLatSquareSum: movingS * temper,
    jerkHistS: spread(empty.jerkHistS),
    jerkSquareSum: movingS,
    hourHistS: spread(empty.hourHistS),
    weekendS: movingS * temper,
    events: events.reduce((counts, entry) => counted(counts, entry), empty.events),
  }
}
