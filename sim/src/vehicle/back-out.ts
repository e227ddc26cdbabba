import type { Random } from '../random.ts'
import { midSizeCar, type Vehicle } from './vehicle.ts'

/** Seconds that backing out of a parking space takes, its highest speed, and how far the wheels are turned. */
const TAKES_S = [4, 9] as const
const FASTEST_MPS = [0.8, 2.2] as const
const TURNED_RAD = [0.1, 0.5] as const

/** A car that leaves its parking space backwards. */
export interface BackOut {
  readonly seconds: number
  /** Metres driven so far. */
  readonly drivenM: number
  /** One step; the car stands again once `seconds` are over. */
  step(dt: number): void
}

/**
 * Backs a standing car out, at a crawl on the circle of its steering: what is felt and where it points change, its place on the
 * road ahead does not.
 */
export function createBackOut(car: Vehicle, random: Random): BackOut {
  const seconds = random.range(...TAKES_S)
  const fastest = random.range(...FASTEST_MPS)
  const turned = (random.chance(0.5) ? -1 : 1) * random.range(...TURNED_RAD)
  const curvature = Math.tan(turned) / (midSizeCar.frontM + midSizeCar.rearM)
  let t = 0
  let drivenM = 0
  return {
    seconds,
    get drivenM() {
      return drivenM
    },
    step(dt) {
      t += dt
      const speed = t < seconds ? -fastest * Math.sin((Math.PI * t) / seconds) ** 2 : 0
      const yawRate = speed * curvature
      car.aLong = (speed - car.vx) / dt
      car.aLat = speed * yawRate
      car.yawAcceleration = (yawRate - car.yawRate) / dt
      car.vx = speed
      car.yawRate = yawRate
      car.heading += yawRate * dt
      drivenM -= speed * dt
    },
  }
}
