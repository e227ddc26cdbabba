import type { Road, StopPoint } from '../road/road.ts'
import { signalAt } from '../road/signals.ts'
import type { Vehicle } from '../vehicle/vehicle.ts'
import type { Temperament } from './temperament.ts'

/** Metres before a stop point at which it is looked at. */
const SEEN_M = 160

/** Decides about lights and signs ahead. */
export interface Stopper {
  /** Metres to the line at which to stop, Infinity where the way is free. While looking away nothing changes. */
  gap(car: Vehicle, timeS: number, lookingAway: boolean): number
}

/** Creates the part of a driver that obeys lights and signs; a yellow light is passed where stopping would be too hard. */
export function createStopper(road: Road, temperament: Temperament): Stopper {
  let index = 0
  let stopping = false
  let committed = false
  let releasedAt = Number.NaN
  let changedAt = Number.NaN

  const forget = (): void => {
    index++
    stopping = false
    committed = false
    releasedAt = Number.NaN
    changedAt = Number.NaN
  }
  const atLight = (point: StopPoint, distance: number, speed: number, timeS: number): void => {
    const colour = signalAt(point, timeS)
    const mustStop = colour !== 'green'
    if (mustStop === stopping) {
      changedAt = Number.NaN
      return
    }
    if (Number.isNaN(changedAt)) changedAt = timeS
    if (timeS - changedAt < temperament.reactionS) return
    const needed = (speed * speed) / (2 * Math.max(0.5, distance - 1))
    if (mustStop && colour === 'yellow' && needed > temperament.yellowMps2) committed = true
    // Red seen too late to stop even by braking hard: one runs it.
    else if (mustStop && needed > 7.5) committed = true
    else stopping = mustStop
    changedAt = Number.NaN
  }
  const atSign = (point: StopPoint, distance: number, speed: number, timeS: number): void => {
    if (point.waitS === 0) {
      committed = true
      return
    }
    stopping = true
    if (Number.isNaN(releasedAt) && speed < 0.3 && distance < 4) releasedAt = timeS + point.waitS
    if (timeS >= releasedAt) {
      stopping = false
      committed = true
    }
  }
  return {
    gap(car, timeS, lookingAway) {
      let point = road.stops[index]
      while (point && car.atM > point.atM + 1) {
        forget()
        point = road.stops[index]
      }
      if (!point) return Number.POSITIVE_INFINITY
      const distance = point.atM - car.atM
      if (distance > SEEN_M) return Number.POSITIVE_INFINITY
      if (!lookingAway && !committed) {
        if (point.kind === 'light') atLight(point, distance, car.vx, timeS)
        else atSign(point, distance, car.vx, timeS)
      }
      return stopping ? distance : Number.POSITIVE_INFINITY
    },
  }
}
