import { DEG_PER_RAD } from '@fairmile/contract/units.ts'
import type { Fix } from '../sensors.ts'
import { eastM, northM } from './way.ts'

/**
 * Over so many driven seconds the middle step by positions may differ so much, m/s, from that by speed and course. Between
 * high houses good receivers reach 1.1, 1.0 and 0.7; the middle, because their positions leap and come back.
 */
const spans = [
  { steps: 60, mps: 1.3 },
  { steps: 120, mps: 1.15 },
  { steps: 240, mps: 0.8 },
] as const
/** A receiver's speed is off by a share. */
const speedShare = 0.01
/** Looked at once in so many steps: sorting is not free. */
const lookEvery = 5
/** Over a longer pause speeds say nothing of the way between; fixes closer together are one. */
const maxStepMs = 5000
const minStepMs = 900
/** Slower than this a course is noise, and a receiver's place wanders by itself. */
const minSpeedMps = 2
/** A fix of poorer geometry says nothing. */
const maxHdop = 5
const capacity = 240

/** Finds a position that is dragged away: it goes another way than the receiver's own speed and course. */
export const createPositionDrift = () => {
  const norths = new Float64Array(capacity)
  const easts = new Float64Array(capacity)
  const speeds = new Float64Array(capacity)
  const sorted = new Float64Array(capacity)
  let count = 0
  let last: Fix | null = null
  let drifts = false

  /** Middle of the newest numbers of a ring. */
  const middle = (ring: Float64Array, steps: number): number => {
    const part = sorted.subarray(0, steps)
    for (let i = 0; i < steps; i++) part[i] = ring[(count - 1 - i) % capacity]!
    part.sort()
    return (part[steps >> 1]! + part[(steps - 1) >> 1]!) / 2
  }

  const isDragged = ({ steps, mps }: (typeof spans)[number]): boolean => {
    if (count < steps) return false
    const apart = Math.hypot(middle(norths, steps), middle(easts, steps))
    return apart > mps + speedShare * middle(speeds, steps)
  }

  const isSane = ({ lat, speedMps, courseDeg, hdop }: Fix): boolean =>
    lat !== null && speedMps !== null && courseDeg !== null && speedMps >= minSpeedMps && !((hdop ?? 1) > maxHdop)

  const keep = (from: Fix, to: Fix): void => {
    const s = (to.tMs - from.tMs) / 1000
    const along = (fix: Fix, part: (rad: number) => number): number =>
      fix.speedMps! * part(fix.courseDeg! / DEG_PER_RAD)
    const slot = count++ % capacity
    norths[slot] = northM(from, to) / s - (along(from, Math.cos) + along(to, Math.cos)) / 2
    easts[slot] = eastM(from, to) / s - (along(from, Math.sin) + along(to, Math.sin)) / 2
    speeds[slot] = to.speedMps!
  }

  return {
    /** Forgets the way so far: the position has leapt. */
    forget(): void {
      count = 0
      last = null
      drifts = false
    },
    /** True while the ways part; at a standstill it stays as it was. */
    push(fix: Fix): boolean {
      const from = last
      if (from !== null && fix.tMs - from.tMs < minStepMs) return drifts
      last = fix
      if (from === null || fix.tMs - from.tMs > maxStepMs || !isSane(from) || !isSane(fix)) return drifts
      if (fix.lat === from.lat && fix.lon === from.lon) return drifts
      keep(from, fix)
      if (count % lookEvery === 0) drifts = spans.some(isDragged)
      return drifts
    },
  }
}
