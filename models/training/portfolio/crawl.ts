import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { accelerationSquares, jerkSquares, speedMps } from './bin-middles.ts'

/**
 * Stop and go, which the simulated roads do not have and recorded city drives do: shares of the crawling time by bin, the standing beside it,
 * and the time from one stop to the next. Set so that the recorded drives of Curitiba lie within the portfolio; the forces are our assumption.
 */
const speedShares = [0.45, 0.35, 0.2]
const aLongShares = [0, 0, 0, 0.01, 0.07, 0.12, 0.6, 0.12, 0.07, 0.01, 0, 0, 0]
const aLatShares = [0, 0, 0, 0, 0.01, 0.03, 0.92, 0.03, 0.01, 0, 0, 0, 0]
const jerkShares = [0.36, 0.27, 0.21, 0.1, 0.05, 0.01, 0]
const standingPerMoving = 1.3
const stopEveryS = 22

/** Adds so many moving seconds of stop and go; `imuS` of them are judged, `limitS` have a known limit. */
export function addCrawl(trip: TripStatistics, movingS: number, seen: { imuS: number; limitS: number }): void {
  for (const [bin, share] of speedShares.entries()) {
    const seconds = share * movingS
    trip.speedHistS[bin]! += seconds
    trip.speedSum += seconds * speedMps[bin]!
    trip.distanceM += seconds * speedMps[bin]!
    trip.speedSquareSum += seconds * speedMps[bin]! ** 2
  }
  trip.movingS += movingS
  trip.idleS += standingPerMoving * movingS
  trip.stops += Math.round(movingS / stopEveryS)
  trip.limitKnownS += seen.limitS
  trip.imuS += seen.imuS
  trip.aLongSquareSum += addShares(trip.aLongHistS, aLongShares, seen.imuS, accelerationSquares)
  trip.aLatSquareSum += addShares(trip.aLatHistS, aLatShares, seen.imuS, accelerationSquares)
  trip.jerkSquareSum += addShares(trip.jerkHistS, jerkShares, seen.imuS, jerkSquares)
}

/** Adds shares of so many seconds; returns Σ seconds × square. */
function addShares(into: number[], shares: readonly number[], seconds: number, squares: readonly number[]): number {
  let squareSum = 0
  for (const [bin, share] of shares.entries()) {
    into[bin]! += share * seconds
    squareSum += share * seconds * squares[bin]!
  }
  return squareSum
}
