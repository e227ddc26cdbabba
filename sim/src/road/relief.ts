import type { Random } from '../random.ts'
import { NODE_M, type Road } from './road.ts'

/** Ground differs: from plains to hills, as a factor on slopes (log-uniform). */
const TERRAIN = [0.4, 2.2] as const
const STEEPEST = 0.1
/** Crests and dips are rounded over so many metres. */
const ROUNDED_M = 60
/** Crossfall for water: 2.5 % by the German guidelines (RASt 06, RAL 2012), to either side or, on old roads, hardly any. */
const CROSSFALL = 0.023
/** Bends outside towns lean inwards, up to 6 % where they are tight (RAL 2012, 5.6). */
const LEAN = { from: 0.025, perCurvature: 8, most: 0.06, fromKmh: 60 } as const
/** Banks change over so many metres, crossfalls from one stretch of about this length to the next. */
const TWIST_M = 30
const STRETCH_M = 500
/** Speed bumps: where 30 km/h is allowed, metres from one to the next. */
const BUMPS = { limitKmh: 30, everyM: [70, 260] } as const

/** Lays a flat road over the ground: slopes along, bank across, bumps. */
export function layRelief(road: Road, random: Random): void {
  laySlopes(road, random)
  layBanks(road, random.fork('banks'))
  layBumps(road, random.fork('bumps'))
}

/** Rolling ground: slope as a first-order process over distance, crests and dips rounded; motorways are flatter. */
function laySlopes(road: Road, random: Random): void {
  const terrain = Math.exp(random.fork('terrain').range(Math.log(TERRAIN[0]), Math.log(TERRAIN[1])))
  const keep = Math.exp(-NODE_M / 180)
  let slope = terrain * 0.02 * random.normal()
  let smooth = slope
  for (let node = 0; node < road.slope.length; node++) {
    const sigma = terrain * (road.limitKmh[node]! >= 100 ? 0.015 : 0.025)
    slope = keep * slope + Math.sqrt(1 - keep * keep) * sigma * random.normal()
    smooth += (slope - smooth) * (NODE_M / ROUNDED_M)
    road.slope[node] = Math.max(-STEEPEST, Math.min(STEEPEST, smooth))
  }
}

function layBanks(road: Road, random: Random): void {
  const draw = (): number =>
    random.pick([
      [CROSSFALL, 4],
      [-CROSSFALL, 4],
      [0.004 * random.normal(), 3],
    ])
  let crossfall = draw()
  let bank = crossfall
  for (let node = 0; node < road.bank.length; node++) {
    if (random.chance(NODE_M / STRETCH_M)) crossfall = draw()
    const curvature = road.curvature[node]!
    const leans = Math.abs(curvature) > 1e-4 && road.limitKmh[node]! >= LEAN.fromKmh
    const lean = Math.min(LEAN.most, LEAN.from + LEAN.perCurvature * Math.abs(curvature))
    bank += ((leans ? -Math.sign(curvature) * lean : crossfall) - bank) * (NODE_M / TWIST_M)
    road.bank[node] = bank
  }
}

function layBumps(road: Road, random: Random): void {
  let atM = 0
  while (atM < road.lengthM) {
    atM += random.range(...BUMPS.everyM)
    const node = Math.floor(atM / NODE_M)
    if (road.limitKmh[node] === BUMPS.limitKmh && random.chance(0.5)) road.bumps.push(node * NODE_M)
  }
}
