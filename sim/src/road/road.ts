import type { Random } from '../random.ts'
import { type StopKind, type Stretch, type StretchKind, stretchKinds } from './stretches.ts'

/** Share of the junctions with right of way to others that are roundabouts. */
const ROUNDABOUTS = 0.35
/** Metres between two nodes of a road. */
export const NODE_M = 2

/** A place where one may have to stop. Lights follow a cycle; the others hold a car for a time after it has stopped. */
export interface StopPoint {
  kind: StopKind
  /** Metres from the start of the road. */
  atM: number
  /** Light: cycle, green part and shift of the cycle in seconds. */
  cycleS: number
  greenS: number
  offsetS: number
  /** Others: seconds to wait; 0 where the way is free. */
  waitS: number
}

/** A road as a path: nodes every 2 m with what the car and the driver need there. */
export interface Road {
  lengthM: number
  /** 1/m, positive to the left. */
  curvature: Float32Array
  /** Rise over run. */
  slope: Float32Array
  /** Rise to the left over run. */
  bank: Float32Array
  limitKmh: Uint8Array
  /** Unevenness relative to an average road. */
  roughness: Float32Array
  /** Cars ahead, share of the time. */
  traffic: Float32Array
  /** Lanes in our direction. */
  lanes: Uint8Array
  /** Ascending. */
  stops: StopPoint[]
  /** Metres at which speed bumps lie, ascending. */
  bumps: number[]
}

/**
 * Draws a road: stretches of town, country and motorway with bends (curvature changes linearly, as a clothoid does),
 * junctions with lights, signs, turns and roundabouts, and limits of 30 to 120 km/h. It is flat: see `layRelief`.
 *
 * @param options `lengthM` the shortest length, `start` the kind of the first stretch
 */
export function createRoad(options: { random: Random; lengthM: number; start?: StretchKind }): Road {
  const { random } = options
  const nodes = Math.ceil(options.lengthM / NODE_M)
  const road: Road = {
    lengthM: nodes * NODE_M,
    curvature: new Float32Array(nodes),
    slope: new Float32Array(nodes),
    bank: new Float32Array(nodes),
    limitKmh: new Uint8Array(nodes),
    roughness: new Float32Array(nodes),
    traffic: new Float32Array(nodes),
    lanes: new Uint8Array(nodes),
    stops: [],
    bumps: [],
  }
  let kind = options.start ?? 'street'
  let node = 0
  /** Bends of a stretch begin behind the junction before it. */
  let free = 0
  while (node < nodes) {
    const stretch = stretchKinds[kind]
    const end = Math.min(nodes, node + Math.ceil(random.range(stretch.lengthM[0], stretch.lengthM[1]) / NODE_M))
    const limit = random.pick(stretch.limitsKmh)
    const roughness = stretch.roughness * Math.exp(0.25 * random.normal())
    for (let index = node; index < end; index++) {
      road.limitKmh[index] = limit
      road.roughness[index] = roughness
      road.traffic[index] = stretch.traffic
      road.lanes[index] = stretch.lanes
    }
    layBends(road, stretch, Math.max(node, free), end, random)
    node = end
    if (node < nodes) free = layJunction(road, stretch, node, random)
    kind = random.pick(stretch.next)
  }
  return road
}

/** Bends of a stretch: straight, ramp to the curvature, arc, ramp back. */
function layBends(road: Road, stretch: Stretch, from: number, to: number, random: Random): void {
  let at = from + Math.ceil(40 / NODE_M)
  while (at < to) {
    at += Math.ceil(random.exponential(stretch.bendEveryM) / NODE_M)
    const radiusM = Math.exp(random.range(Math.log(stretch.radiusM[0]), Math.log(stretch.radiusM[1])))
    const angle = random.range(stretch.angleDeg[0], stretch.angleDeg[1]) * (Math.PI / 180)
    const side = random.chance(0.5) ? 1 : -1
    const used = layArc(road, at, to, { radiusM, angle, side })
    if (used === 0) return
    at += used + Math.ceil(15 / NODE_M)
  }
}

/** At the end of most stretches: a stop point and often a turn or a roundabout. Returns the node behind it. */
function layJunction(road: Road, stretch: Stretch, node: number, random: Random): number {
  const kind = random.pick(stretch.junction)
  if (kind === 'none') return node
  const cycleS = random.range(50, 90)
  road.stops.push({
    kind,
    atM: (node - 4) * NODE_M,
    cycleS,
    greenS: cycleS * random.range(0.4, 0.65),
    offsetS: random.range(0, cycleS),
    waitS: kind === 'give_way' && random.chance(0.55) ? 0 : 1 + random.exponential(3),
  })
  if (kind === 'give_way' && random.fork(`roundabout ${node}`).chance(ROUNDABOUTS))
    return layRoundabout(road, node, random)
  if (!random.chance(stretch.turnShare)) return node
  const used = layArc(road, node, road.curvature.length, {
    radiusM: random.range(9, 18),
    angle: random.range(70, 95) * (Math.PI / 180),
    side: random.chance(0.5) ? 1 : -1,
  })
  return node + used
}

/** In to the right, round to the left, out to the right: a roundabout of 26 to 45 m across (FGSV Merkblatt, 2006). */
function layRoundabout(road: Road, node: number, random: Random): number {
  const to = road.curvature.length
  const edge = () => ({ radiusM: random.range(18, 30), angle: random.range(25, 45) * (Math.PI / 180), side: -1 })
  let at = node
  at += layArc(road, at, to, edge())
  at += layArc(road, at, to, {
    radiusM: random.range(10, 18),
    angle: random.range(80, 230) * (Math.PI / 180),
    side: 1,
  })
  at += layArc(road, at, to, edge())
  return at
}

/** Lays one bend; returns the nodes it takes, 0 where it does not fit. */
function layArc(road: Road, at: number, to: number, bend: { radiusM: number; angle: number; side: number }): number {
  const arcM = bend.radiusM * bend.angle
  // Half of the bend is arc, the ramps on both sides take the other half: they turn half as much a metre.
  const rampNodes = Math.max(2, Math.round((arcM * 0.5) / NODE_M))
  const flatNodes = Math.max(1, Math.round((arcM * 0.5) / NODE_M))
  const total = 2 * rampNodes + flatNodes
  if (at + total >= to) return 0
  for (let index = 0; index < total; index++) {
    const rise = Math.min(1, (index + 0.5) / rampNodes, (total - index - 0.5) / rampNodes)
    road.curvature[at + index] = (bend.side * rise) / bend.radiusM
  }
  return total
}
