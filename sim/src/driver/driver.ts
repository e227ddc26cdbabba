import type { Random } from '../random.ts'
import { CAR_M, type Lead } from '../road/lead.ts'
import { NODE_M, type Road } from '../road/road.ts'
import type { Vehicle } from '../vehicle/vehicle.ts'
import { type IdmParameters, idmFree, idmInteraction } from './idm.ts'
import { createLapses, type Lapses } from './lapses.ts'
import { planSpeed } from './speed-plan.ts'
import { createSteering } from './steering.ts'
import { createStopper } from './stopper.ts'
import type { Temperament } from './temperament.ts'

/** Seconds between two decisions about the pedals. */
export const DECISION_S = 0.1
/** Full braking of a person on dry asphalt. */
const HARDEST_MPS2 = 8
/** How far ahead (s) the speed plan is looked at. */
const PREVIEW_S = 0.9
/** Observations kept: 12 s, longer than any lapse and reaction together. */
const REMEMBERED = 120

/** A driver at the wheel. */
export interface Driver {
  readonly lapses: Lapses
  /** Decides about the pedals (every `DECISION_S`); returns the acceleration wanted, m/s². */
  decide(car: Vehicle, lead: Lead, timeS: number): number
  /** Angle of the front wheels wanted, rad (every step). */
  steer(car: Vehicle, dt: number): number
  /** Asks the driver to park at the next chance: a comfortable stop ahead. */
  park(car: Vehicle): void
}

/**
 * Creates a driver: intelligent driver model on what they saw one reaction time ago, extrapolated with the speed seen
 * then (temporal anticipation of M. Treiber, A. Kesting, D. Helbing, Physica A 360, 71 (2006)); while they look away
 * nothing new is seen, so a car that brakes is noticed late.
 */
export function createDriver(options: { road: Road; temperament: Temperament; random: Random }): Driver {
  const { road, temperament } = options
  const plan = planSpeed(road, temperament, options.random.fork('plan'))
  const lapses = createLapses(temperament, options.random.fork('lapses'))
  const stopper = createStopper(road, temperament)
  const steering = createSteering(road, temperament, options.random.fork('steering'))
  const gaps = new Float64Array(REMEMBERED)
  const leadSpeeds = new Float64Array(REMEMBERED)
  let decisions = 0
  let parkAtM = Number.POSITIVE_INFINITY
  let wanted = 0
  /** A line is approached without the time gap that a moving car gets. */
  const towardsLine: IdmParameters = { ...temperament, timeGapS: 0.3, standstillGapM: 1 }

  /** The planned speed half a step ahead, as an acceleration that follows the plan. */
  const followPlan = (car: Vehicle): number => {
    const aheadM = Math.max(2, car.vx * PREVIEW_S)
    const node = Math.min(plan.length - 1, Math.floor((car.atM + aheadM) / NODE_M))
    const here = Math.min(plan.length - 1, Math.floor(car.atM / NODE_M))
    const goal = plan[node]!
    const free = idmFree(temperament, car.vx, Math.max(goal, plan[here]!))
    return Math.min(free, (goal * goal - car.vx * car.vx) / (2 * aheadM))
  }
  /** What the car ahead takes from the acceleration, as far as it was seen. */
  const followLead = (car: Vehicle): number => {
    const delay = Math.round((temperament.reactionS + lapses.awayS) / DECISION_S)
    const seen = decisions - Math.min(delay, REMEMBERED - 1, decisions - 1)
    const gapSeen = gaps[seen % REMEMBERED]!
    if (!Number.isFinite(gapSeen)) return 0
    const leadSpeed = leadSpeeds[seen % REMEMBERED]!
    const gap = gapSeen + (leadSpeed - car.vx) * delay * DECISION_S
    return idmInteraction(temperament, car.vx, gap, car.vx - leadSpeed)
  }
  return {
    lapses,
    steer: steering.steer,
    park: (car) => {
      parkAtM = Math.min(road.lengthM - 30, car.atM + 15 + (car.vx * car.vx) / (1.6 * temperament.decelerationMps2))
    },
    decide(car, lead, timeS) {
      decisions++
      lapses.step(DECISION_S, car.vx)
      gaps[decisions % REMEMBERED] = lead.present ? lead.atM - car.atM - CAR_M : Number.POSITIVE_INFINITY
      leadSpeeds[decisions % REMEMBERED] = lead.speedMps
      const standing = Math.min(stopper.gap(car, timeS, lapses.awayS > 0), parkAtM - car.atM)
      let goal = followPlan(car) - followLead(car)
      if (standing < 250) goal -= idmInteraction(towardsLine, car.vx, standing + towardsLine.standstillGapM, car.vx)
      goal = Math.max(-HARDEST_MPS2, Math.min(temperament.accelerationMps2, goal))
      if (standing < 0.6 && car.vx < 0.5) goal = -2
      // Pedals move no faster than the driver's foot; in danger it is faster.
      const most = (goal < -3.5 ? 4 : 1) * temperament.jerkMps3 * DECISION_S
      wanted += Math.max(-most, Math.min(most, goal - wanted))
      return wanted
    },
  }
}
