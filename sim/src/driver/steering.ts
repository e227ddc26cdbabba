import type { Random } from '../random.ts'
import { NODE_M, type Road } from '../road/road.ts'
import { midSizeCar, type Vehicle } from '../vehicle/vehicle.ts'
import type { Temperament } from './temperament.ts'

/** Width of a lane in metres (German guidelines: 3.25 to 3.75). */
const LANE_M = 3.5
/** Mean metres between two lane changes where there is more than one lane. */
const CHANGE_EVERY_M = 1500
/** Seconds over which the wander in the lane forgets itself. */
const WANDER_S = 4
/** Largest angle of the front wheels, rad (turning circle about 11 m). */
const MOST_RAD = 0.55

/** The hands at the wheel. */
export interface Steering {
  /** Angle of the front wheels wanted, rad. */
  steer(car: Vehicle, dt: number): number
}

/**
 * Creates the steering: the road's curvature as it comes, with understeer made up for, and pure pursuit back to the wanted
 * place in the lane (R. Coulter, CMU-RI-TR-92-01, 1992), which wanders a little and changes lane now and then.
 */
export function createSteering(road: Road, temperament: Temperament, random: Random): Steering {
  const base = midSizeCar.frontM + midSizeCar.rearM
  const understeer =
    (midSizeCar.massKg / base) *
    (midSizeCar.rearM / midSizeCar.stiffnessFront - midSizeCar.frontM / midSizeCar.stiffnessRear)
  let wander = 0
  let goalWander = 0
  let lane = 0
  let from = 0
  let sinceChangeS = 1e9

  const wantedOffset = (car: Vehicle, dt: number): number => {
    goalWander += -goalWander * (dt / WANDER_S) + temperament.wanderM * Math.sqrt((2 * dt) / WANDER_S) * random.normal()
    wander += (goalWander - wander) * (dt / 1.2)
    const node = Math.min(road.lanes.length - 1, Math.floor(car.atM / NODE_M))
    const lanes = road.lanes[node]!
    sinceChangeS += dt
    if (sinceChangeS > temperament.laneChangeS + 3 && car.vx > 8 && Math.abs(road.curvature[node]!) < 1 / 400) {
      const leave = lane >= lanes
      if (leave || (lanes > 1 && random.chance((car.vx * dt) / CHANGE_EVERY_M))) {
        from = lane
        lane = leave ? lanes - 1 : lane > 0 && (lane === lanes - 1 || random.chance(0.5)) ? lane - 1 : lane + 1
        sinceChangeS = 0
      }
    }
    const share = Math.min(1, sinceChangeS / temperament.laneChangeS)
    // The smoothest path from rest to rest: a polynomial of fifth degree.
    const moved = share * share * share * (10 + share * (6 * share - 15))
    return (from + (lane - from) * moved) * LANE_M + wander
  }
  return {
    steer(car, dt) {
      const ahead = Math.min(road.curvature.length - 1, Math.max(0, Math.floor((car.atM + car.vx * 0.15) / NODE_M)))
      const curvature = road.curvature[ahead]!
      const lookM = Math.max(6, car.vx * 0.9)
      const error = car.offsetM - wantedOffset(car, dt) + lookM * car.headingError
      const wanted = base * curvature + understeer * car.vx * car.vx * curvature - (2 * base * error) / (lookM * lookM)
      return Math.max(-MOST_RAD, Math.min(MOST_RAD, wanted))
    },
  }
}
