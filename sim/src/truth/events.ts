import { G_MPS2 } from '@fairmile/contract/units.ts'
import { createLowPass } from './low-pass.ts'

/** What truly happened, by the matching definition: 2 Hz low-passed true acceleration beyond a band, held 300 ms. */
export interface TrueEvent {
  kind: 'harsh_braking' | 'harsh_acceleration' | 'harsh_cornering'
  start_s: number
  end_s: number
  /** Highest band that was held. */
  level: 'log' | 'coach' | 'count'
  /** Highest magnitude that was held for 300 ms, and that was reached at all, g. */
  peak_g: number
  max_g: number
  /** Speed at the start, and the highest, km/h. */
  speed_kmh: number
  top_kmh: number
}

const levels = ['log', 'coach', 'count'] as const
const CUT_HZ = 2
const HELD_S = 0.3

/** Bands in g and the least speed (km/h) at which the kind counts; braking may end in a standstill, so its start is asked. */
const kinds = [
  { kind: 'harsh_braking', bandsG: [0.3, 0.4, 0.5], gateKmh: 10, atStart: true },
  { kind: 'harsh_acceleration', bandsG: [0.25, 0.32, 0.4], gateKmh: 10, atStart: false },
  { kind: 'harsh_cornering', bandsG: [0.3, 0.4, 0.5], gateKmh: 30, atStart: false },
] as const

/** Watches the true accelerations of a car. */
export interface TrueEvents {
  /** Takes the true accelerations (m/s², car's axes, no gravity) of one step. */
  step(timeS: number, aLong: number, aLat: number, speedMps: number): void
  /** Closes what is open and returns all events, by start. */
  finish(timeS: number): TrueEvent[]
}

export interface TrueEventsOptions {
  /** Steps a second. */
  rateHz: number
  /** Bands begin so much earlier, g: what lies within it is too close to tell. @default 0 */
  marginG?: number
  /** Whether slow manoeuvres are left out, as the kinds say. @default true */
  gated?: boolean
}

/** Creates a watch for what truly happened. */
export function createTrueEvents({ rateHz, marginG = 0, gated = true }: TrueEventsOptions): TrueEvents {
  const long = createLowPass(CUT_HZ, rateHz)
  const lat = createLowPass(CUT_HZ, rateHz)
  const events: TrueEvent[] = []
  const hold = Math.round(HELD_S * rateHz)
  const rule = (kind: Definition): Definition => ({
    ...kind,
    bandsG: kind.bandsG.map((band) => band - marginG),
    gateKmh: gated ? kind.gateKmh : 0,
  })
  // Cornering to the left and to the right are watched apart: a change of side ends a bend.
  const watches = [
    createWatch(rule(kinds[0]), hold, events),
    createWatch(rule(kinds[1]), hold, events),
    createWatch(rule(kinds[2]), hold, events),
    createWatch(rule(kinds[2]), hold, events),
  ] as const
  return {
    step(timeS, aLong, aLat, speedMps) {
      const x = long(aLong) / G_MPS2
      const y = lat(aLat) / G_MPS2
      watches[0](timeS, -x, speedMps)
      watches[1](timeS, x, speedMps)
      watches[2](timeS, y, speedMps)
      watches[3](timeS, -y, speedMps)
    },
    finish(timeS) {
      for (const watch of watches) watch(timeS, 0, 0)
      return events.sort((a, b) => a.start_s - b.start_s)
    },
  }
}

interface Definition {
  kind: TrueEvent['kind']
  bandsG: readonly number[]
  gateKmh: number
  atStart: boolean
}

function createWatch(
  definition: Definition,
  hold: number,
  events: TrueEvent[],
): (timeS: number, valueG: number, speedMps: number) => void {
  const { kind, bandsG, gateKmh, atStart } = definition
  const recent = new Float64Array(hold)
  let inside = 0
  let startS = 0
  let startKmh = 0
  let topKmh = 0
  let heldG = 0
  let maxG = 0
  return (timeS, valueG, speedMps) => {
    if (valueG >= bandsG[0]! && (speedMps * 3.6 >= gateKmh || (atStart && inside > 0))) {
      if (inside === 0) {
        startS = timeS
        startKmh = speedMps * 3.6
        heldG = 0
        maxG = 0
        topKmh = 0
      }
      maxG = Math.max(maxG, valueG)
      topKmh = Math.max(topKmh, speedMps * 3.6)
      recent[inside % hold] = valueG
      inside++
      if (inside >= hold) heldG = Math.max(heldG, Math.min(...recent))
      return
    }
    if (inside >= hold) {
      const level = levels[bandsG.findLastIndex((band) => heldG >= band)] ?? 'log'
      events.push({
        kind,
        start_s: round(startS, 2),
        end_s: round(timeS, 2),
        level,
        peak_g: round(heldG, 4),
        max_g: round(maxG, 4),
        speed_kmh: round(startKmh, 1),
        top_kmh: round(topKmh, 1),
      })
    }
    inside = 0
  }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
