import { G_MPS2, KMH_PER_MPS } from '@fairmile/contract/units.ts'

/** Samples of a window: ten seconds at 10 Hz. */
export const windowSamples = 100

/** Below half of the samples known, a signal says nothing about a window. */
const minKnown = windowSamples / 2

/** Count, sums and extremes of one signal of the window. */
export interface SignalSums {
  n: number
  sum: number
  square: number
  min: number
  max: number
  absSum: number
}

/** Columns of the window, rings of the same length. */
export type WindowColumns = Record<'speed' | 'aLong' | 'aLat' | 'yawRate' | 'limit', Float64Array>

/** Everything that the features need, from one pass over the window. */
export interface WindowSums {
  speed: SignalSums
  aLong: SignalSums
  aLat: SignalSums
  yawRate: SignalSums
  jerk: SignalSums
  jerkLat: SignalSums
  /** Length of the horizontal acceleration, and v × deceleration. */
  combined: SignalSums
  brakePower: SignalSums
  /** v ÷ limit − 1 where above the limit, else 0. */
  excess: SignalSums
  firstSpeed: number
  lastSpeed: number
  standing: number
  braking: number
  accelerating: number
  cornering: number
  reversals: number
}

const standingMps = 0.5
const brakingMps2 = -0.2 * G_MPS2
const acceleratingMps2 = 0.15 * G_MPS2
const corneringMps2 = 0.2 * G_MPS2
const sideMps2 = 0.05 * G_MPS2
const stepS = 0.1

export function createWindowSums(): WindowSums {
  return {
    speed: createSums(),
    aLong: createSums(),
    aLat: createSums(),
    yawRate: createSums(),
    jerk: createSums(),
    jerkLat: createSums(),
    combined: createSums(),
    brakePower: createSums(),
    excess: createSums(),
    firstSpeed: 0,
    lastSpeed: 0,
    standing: 0,
    braking: 0,
    accelerating: 0,
    cornering: 0,
    reversals: 0,
  }
}

/** Fills the sums from a ring whose oldest sample is at `oldest`; allocates nothing. */
export function sumWindow(columns: WindowColumns, oldest: number, sums: WindowSums): void {
  clear(sums)
  let lastLong = Number.NaN
  let lastLat = Number.NaN
  let side = 0
  for (let n = 0, slot = oldest; n < windowSamples; n++, slot = slot + 1 === windowSamples ? 0 : slot + 1) {
    const v = columns.speed[slot]!
    const long = columns.aLong[slot]!
    const lat = columns.aLat[slot]!
    add(sums.speed, v)
    add(sums.aLong, long)
    add(sums.aLat, lat)
    add(sums.yawRate, columns.yawRate[slot]!)
    add(sums.jerk, (long - lastLong) / stepS)
    add(sums.jerkLat, (lat - lastLat) / stepS)
    add(sums.combined, Math.sqrt(long * long + lat * lat))
    add(sums.brakePower, v * Math.max(0, -long))
    const excess = (v * KMH_PER_MPS) / columns.limit[slot]! - 1
    add(sums.excess, Math.max(excess, 0))
    if (n === 0) sums.firstSpeed = v
    sums.lastSpeed = v
    if (v < standingMps) sums.standing++
    if (long < brakingMps2) sums.braking++
    else if (long > acceleratingMps2) sums.accelerating++
    if (lat > corneringMps2 || lat < -corneringMps2) sums.cornering++
    const sideNow = lat > sideMps2 ? 1 : lat < -sideMps2 ? -1 : side
    if (side !== 0 && sideNow !== side) sums.reversals++
    side = sideNow
    lastLong = long
    lastLat = lat
  }
}

/** The value where enough of the signal is known, else NaN. */
export const known = (signal: SignalSums, value: number): number => (signal.n < minKnown ? Number.NaN : value)
export const mean = (signal: SignalSums): number => known(signal, signal.sum / signal.n)
export const meanAbs = (signal: SignalSums): number => known(signal, signal.absSum / signal.n)
export const rms = (signal: SignalSums): number => known(signal, Math.sqrt(signal.square / signal.n))
/** Population standard deviation. */
export const deviation = (signal: SignalSums): number => {
  const average = signal.sum / signal.n
  return known(signal, Math.sqrt(Math.max(0, signal.square / signal.n - average * average)))
}
export const share = (signal: SignalSums, count: number): number => known(signal, count / signal.n)
export const maxAbs = (signal: SignalSums): number => known(signal, Math.max(signal.max, -signal.min))

function createSums(): SignalSums {
  return { n: 0, sum: 0, square: 0, min: 0, max: 0, absSum: 0 }
}

function add(signal: SignalSums, value: number): void {
  if (Number.isNaN(value)) return
  signal.n++
  signal.sum += value
  signal.square += value * value
  signal.absSum += value < 0 ? -value : value
  if (value < signal.min) signal.min = value
  if (value > signal.max) signal.max = value
}

function clear(sums: WindowSums): void {
  clearSignal(sums.speed)
  clearSignal(sums.aLong)
  clearSignal(sums.aLat)
  clearSignal(sums.yawRate)
  clearSignal(sums.jerk)
  clearSignal(sums.jerkLat)
  clearSignal(sums.combined)
  clearSignal(sums.brakePower)
  clearSignal(sums.excess)
  sums.standing = 0
  sums.braking = 0
  sums.accelerating = 0
  sums.cornering = 0
  sums.reversals = 0
}

function clearSignal(signal: SignalSums): void {
  signal.n = 0
  signal.sum = 0
  signal.square = 0
  signal.absSum = 0
  signal.min = Number.POSITIVE_INFINITY
  signal.max = Number.NEGATIVE_INFINITY
}
