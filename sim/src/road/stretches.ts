/** Where one may have to stop. */
export type StopKind = 'light' | 'stop_sign' | 'give_way'
export type StretchKind = 'living' | 'street' | 'arterial' | 'country' | 'narrow' | 'motorway'

/** What one kind of road looks like. Pairs are ranges or weighted choices. */
export interface Stretch {
  lengthM: readonly [number, number]
  limitsKmh: readonly (readonly [number, number])[]
  /** Mean straight metres between bends, radii (log-uniform) and angles of bends. */
  bendEveryM: number
  radiusM: readonly [number, number]
  angleDeg: readonly [number, number]
  roughness: number
  /** Share of time with a car ahead. */
  traffic: number
  lanes: number
  junction: readonly (readonly [StopKind | 'none', number])[]
  /** Share of junctions at which one turns. */
  turnShare: number
  next: readonly (readonly [StretchKind, number])[]
}

/**
 * Kinds of road. Radii: design minimum by speed of the German guidelines (RASt 06 for town, RAL 2012 for country,
 * RAA 2008 for motorways) with older, tighter country roads as `narrow`. Lengths and traffic are chosen so that drives
 * average 30–40 km/h in town and stop 1–2 times a kilometre, as urban driving cycles do (WLTC low phase: 19 km/h, 2.6 stops/km).
 */
export const stretchKinds: Record<StretchKind, Stretch> = {
  living: {
    lengthM: [120, 400],
    limitsKmh: [[30, 1]],
    bendEveryM: 120,
    radiusM: [14, 60],
    angleDeg: [20, 80],
    roughness: 1.3,
    traffic: 0.15,
    lanes: 1,
    junction: [
      ['give_way', 5],
      ['stop_sign', 2],
      ['none', 3],
    ],
    turnShare: 0.5,
    next: [
      ['living', 2],
      ['street', 6],
    ],
  },
  street: {
    lengthM: [200, 700],
    limitsKmh: [
      [50, 8],
      [30, 2],
    ],
    bendEveryM: 220,
    radiusM: [40, 250],
    angleDeg: [10, 60],
    roughness: 1.1,
    traffic: 0.45,
    lanes: 1,
    junction: [
      ['light', 5],
      ['give_way', 2],
      ['stop_sign', 1],
      ['none', 3],
    ],
    turnShare: 0.35,
    next: [
      ['street', 5],
      ['arterial', 4],
      ['living', 1],
      ['country', 2],
    ],
  },
  arterial: {
    lengthM: [400, 1200],
    limitsKmh: [
      [50, 4],
      [60, 2],
      [70, 3],
    ],
    bendEveryM: 350,
    radiusM: [90, 450],
    angleDeg: [10, 45],
    roughness: 0.9,
    traffic: 0.6,
    lanes: 2,
    junction: [
      ['light', 7],
      ['none', 4],
    ],
    turnShare: 0.2,
    next: [
      ['arterial', 4],
      ['street', 3],
      ['country', 3],
      ['motorway', 2],
    ],
  },
  country: {
    lengthM: [1200, 4500],
    limitsKmh: [
      [100, 5],
      [80, 3],
      [70, 2],
    ],
    bendEveryM: 280,
    radiusM: [110, 600],
    angleDeg: [10, 60],
    roughness: 1,
    traffic: 0.4,
    lanes: 1,
    junction: [
      ['give_way', 3],
      ['light', 2],
      ['none', 5],
    ],
    turnShare: 0.25,
    next: [
      ['country', 3],
      ['narrow', 3],
      ['street', 3],
      ['motorway', 1],
    ],
  },
  narrow: {
    lengthM: [800, 2500],
    limitsKmh: [
      [70, 3],
      [80, 1],
      [100, 2],
    ],
    bendEveryM: 130,
    radiusM: [35, 200],
    angleDeg: [20, 100],
    roughness: 1.4,
    traffic: 0.2,
    lanes: 1,
    junction: [
      ['give_way', 3],
      ['stop_sign', 1],
      ['none', 4],
    ],
    turnShare: 0.3,
    next: [
      ['country', 4],
      ['street', 3],
      ['narrow', 1],
    ],
  },
  motorway: {
    lengthM: [3000, 9000],
    limitsKmh: [
      [120, 6],
      [100, 3],
      [80, 1],
    ],
    bendEveryM: 900,
    radiusM: [700, 2500],
    angleDeg: [8, 35],
    roughness: 0.7,
    traffic: 0.55,
    lanes: 3,
    junction: [['none', 1]],
    turnShare: 0,
    next: [
      ['motorway', 3],
      ['arterial', 3],
      ['country', 3],
    ],
  },
}
