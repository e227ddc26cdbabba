import type { Random } from '../random.ts'
import { NODE_M, type Road } from '../road/road.ts'
import type { Temperament } from './temperament.ts'

const KMH = 1 / 3.6
/** Speed bumps are made to be crossed at about 20 km/h. */
const BUMP_MPS = 20 * KMH

/**
 * The speed (m/s) that a driver would have at each node of a free road: the limit times their factor, what they accept in
 * bends, and before each slower place what lets them brake as they like, v² = v₁² + 2·b·Δs.
 */
export function planSpeed(road: Road, driver: Temperament, random: Random): Float32Array {
  const nodes = road.curvature.length
  const plan = new Float32Array(nodes)
  let misjudged = 1
  let inBend = false
  for (let node = 0; node < nodes; node++) {
    const bend = Math.abs(road.curvature[node]!)
    if (bend > 1e-5 !== inBend) {
      inBend = !inBend
      if (inBend) misjudged = Math.exp(driver.misjudgement * random.normal())
    }
    const free = road.limitKmh[node]! * KMH * driver.speedFactor
    // Junction turns are taken more gently than open bends: one looks for others first.
    const accepted = driver.corneringMps2 * (bend > 1 / 25 ? 0.8 : 1)
    plan[node] = bend > 1e-5 ? Math.min(free, Math.sqrt(accepted / bend) * misjudged) : free
  }
  for (const atM of road.bumps) {
    const node = Math.min(nodes - 1, Math.floor(atM / NODE_M))
    plan[node] = Math.min(plan[node]!, BUMP_MPS * driver.speedFactor)
  }
  for (let node = nodes - 2; node >= 0; node--) {
    const next = plan[node + 1]!
    const reachable = Math.sqrt(next * next + 2 * driver.decelerationMps2 * NODE_M)
    if (plan[node]! > reachable) plan[node] = reachable
  }
  return plan
}
