import { type IdmParameters, idmInteraction } from '../driver/idm.ts'
import type { Random } from '../random.ts'
import { NODE_M, type Road } from './road.ts'
import { signalAt } from './signals.ts'

/** The car ahead, if there is one. Read-only for others. */
export interface Lead {
  present: boolean
  atM: number
  speedMps: number
  accelerationMps2: number
}

/** Other traffic, reduced to the car ahead: it comes, drives by its own model, brakes for its own reasons, and goes. */
export interface Traffic {
  readonly lead: Lead
  /** Moves the lead; `ownM` and `ownMps` are place and speed of our car. */
  step(dt: number, timeS: number, ownM: number, ownMps: number): void
  /** Takes the lead away (we swerved around it or would have hit it). */
  remove(): void
}

/** Length of a car, for gaps from bumper to bumper. */
export const CAR_M = 4.5
/** Mean metres between two sudden brakings of a car ahead: turning off, parking, animals, pedestrians. */
const BRAKES_EVERY_M = 4000
/** Mean seconds that one car stays ahead. */
const STAYS_S = 75
/** Ordinary driver ahead: about the typical values of Treiber and Kesting, Traffic Flow Dynamics, 2013, chapter 11. */
const ordinary: IdmParameters = { timeGapS: 1.3, standstillGapM: 2, accelerationMps2: 1.3, decelerationMps2: 1.8 }

/** Creates the traffic of one drive. */
export function createTraffic(road: Road, random: Random): Traffic {
  const lead: Lead = { present: false, atM: 0, speedMps: 0, accelerationMps2: 0 }
  let factor = 1
  let brakingS = 0
  let brakingMps2 = 0
  let brakeToMps = 0

  const arrive = (ownM: number, ownMps: number): void => {
    const cutsIn = random.chance(0.12)
    lead.present = true
    lead.speedMps = ownMps * (cutsIn ? random.range(0.85, 1) : random.range(0.9, 1.1))
    lead.atM = ownM + CAR_M + Math.max(6, ownMps * (cutsIn ? random.range(0.6, 1.1) : random.range(1.5, 4)))
    factor = random.range(0.82, 1.08)
    brakingS = 0
  }
  const accelerate = (dt: number, timeS: number): number => {
    const node = Math.min(road.limitKmh.length - 1, Math.floor(lead.atM / NODE_M))
    const bend = Math.abs(road.curvature[node]!)
    const free = Math.min((road.limitKmh[node]! / 3.6) * factor, bend > 1e-4 ? Math.sqrt(2.2 / bend) : 99)
    if (brakingS > 0) {
      brakingS -= dt
      return lead.speedMps > brakeToMps ? -brakingMps2 : 0
    }
    if (lead.speedMps > 6 && random.chance((lead.speedMps * dt) / BRAKES_EVERY_M)) {
      brakingS = random.range(2, 6)
      brakingMps2 = Math.min(7.5, 1.5 + random.exponential(1.3))
      brakeToMps = lead.speedMps * random.range(0, 0.7)
    }
    let wanted = Math.max(-2.5, Math.min(ordinary.accelerationMps2, (free - lead.speedMps) * 0.6))
    const stop = road.stops.find((point) => point.atM > lead.atM - 1)
    if (stop && signalAt(stop, timeS) === 'red' && stop.atM - lead.atM < 150)
      wanted -= idmInteraction(ordinary, lead.speedMps, stop.atM - lead.atM + 1, lead.speedMps)
    return Math.max(-6, wanted)
  }
  return {
    lead,
    remove: () => {
      lead.present = false
    },
    step(dt, timeS, ownM, ownMps) {
      const node = Math.min(road.traffic.length - 1, Math.floor(ownM / NODE_M))
      const share = road.traffic[node]!
      if (!lead.present) {
        if (ownMps > 3 && random.chance((dt * share) / ((1 - share) * STAYS_S))) arrive(ownM, ownMps)
        return
      }
      lead.accelerationMps2 = accelerate(dt, timeS)
      const speed = Math.max(0, lead.speedMps + lead.accelerationMps2 * dt)
      lead.atM += (speed + lead.speedMps) * 0.5 * dt
      lead.speedMps = speed
      const leaves = random.chance(dt / STAYS_S) && (lead.speedMps > 3 || brakingS > 0)
      if (leaves || lead.atM - ownM > 200 || lead.atM >= road.lengthM - 20) lead.present = false
    },
  }
}
