import type { EventKind } from '@fairmile/contract/driving-event.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { counted } from '../../src/trips/merge-statistics.ts'
import { accelerationSquares, jerkSquares, speedMps } from './bin-middles.ts'
import type { ClassFit } from './fit-data.ts'
import { poissonOf, type Random } from './random.ts'

/** Lower edges of the speed bins, km/h. */
const topKmh = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 160]
const histograms = ['speedHistS', 'aLongHistS', 'aLatHistS', 'jerkHistS', 'overLimitS'] as const
type Histogram = (typeof histograms)[number]

/** How one driver drives on one class of road. */
export interface ClassModel {
  /** Adds a stretch of so many moving seconds to a trip; `imuS` of them are judged, `limitS` have a known limit. */
  draw(trip: TripStatistics, movingS: number, seen: { imuS: number; limitS: number }, random: Random): void
}

/** What of a count's unexplained variance stays with a person. */
export interface Staying {
  /** Standard normal. */
  deviate: number
  share: number
}

/** Where a count goes: into a bin, or elsewhere. */
interface Target {
  bins: Float64Array | null
  bin: number
  kind: 'bin' | 'idle' | 'stops' | 'event'
  event: { kind: EventKind; band: 'coach' | 'count'; grade: 'A' } | null
}

/**
 * The model of a driver on a class of road: each count is gamma with the fitted mean and dispersion, and the counts of a stretch go
 * together by the fitted factors (a Gaussian copula). A part of what is unexplained stays with the person.
 *
 * @param home of each count, by name: the standard normal deviate that stays, and its part of the variance
 */
export function createClassModel(fit: ClassFit, design: Float64Array, home: ReadonlyMap<string, Staying>): ClassModel {
  const rates = Float64Array.from(fit.effects, (effects, n) =>
    Math.min(fit.most[n]!, Math.exp(linear(effects, design))),
  )
  const factors = new Float64Array(fit.loadings[0]?.length ?? 0)
  const rest = fit.loadings.map((row) => Math.sqrt(Math.max(0, 1 - row.reduce((sum, part) => sum + part * part, 0))))
  const bins: Record<Histogram, Float64Array> = {
    speedHistS: new Float64Array(16),
    aLongHistS: new Float64Array(13),
    aLatHistS: new Float64Array(13),
    jerkHistS: new Float64Array(7),
    overLimitS: new Float64Array(3),
  }
  const staying = fit.counts.map((name) => home.get(name) ?? { deviate: 0, share: 0 })
  const stays = Float64Array.from(staying, ({ deviate, share }) => Math.sqrt(share) * deviate)
  const comes = Float64Array.from(staying, ({ share }) => Math.sqrt(1 - share))
  const targets = targetsOf(fit, bins)
  const loadings = Float64Array.from(fit.loadings.flat())

  function deviate(n: number, random: Random): number {
    let z = rest[n]! * random.normal()
    for (let k = 0, at = n * factors.length; k < factors.length; k++) z += loadings[at++]! * factors[k]!
    return stays[n]! + comes[n]! * z
  }

  return {
    draw(trip, movingS, { imuS, limitS }, random) {
      for (let k = 0; k < factors.length; k++) factors[k] = random.normal()
      for (const name of histograms) bins[name].fill(0)
      for (let n = 0; n < targets.length; n++) {
        const { bins: into, bin, kind, event } = targets[n]!
        const z = deviate(n, random)
        if (into) into[bin] = amountOf(rates[n]! * movingS, fit.dispersions[n]!, z)
        else if (kind === 'idle') trip.idleS += amountOf(rates[n]! * movingS, fit.dispersions[n]!, z)
        else if (kind === 'stops') trip.stops += poissonOf(rates[n]! * movingS, 1 - tail(z))
        else if (event) {
          const count = poissonOf(rates[n]! * imuS, 1 - tail(z))
          if (count > 0) trip.events = counted(trip.events, event, count)
        }
      }
      addSpeed(trip, bins.speedHistS, movingS, fit.moments, random)
      if (imuS > 0) addForces(trip, bins, imuS, fit.moments)
      trip.limitKnownS += limitS
      // The bands lie in one another: seconds over a band are seconds over the band below it.
      let over = limitS
      for (let band = 0; band < 3; band++) {
        over = Math.min(over, (bins.overLimitS[band]! * limitS) / movingS)
        trip.overLimitS[band]! += over
      }
    },
  }
}

function addSpeed(
  trip: TripStatistics,
  bins: Float64Array,
  movingS: number,
  of: ClassFit['moments'],
  random: Random,
): void {
  const scale = movingS / (sum(bins) || 1)
  let top = 0
  let distanceM = 0
  for (let bin = 0; bin < bins.length; bin++) {
    const seconds = bins[bin]! * scale
    if (seconds <= 0) continue
    trip.speedHistS[bin]! += seconds
    distanceM += seconds * speedMps[bin]! * of.speedSum
    trip.speedSquareSum += seconds * speedMps[bin]! ** 2 * of.speedSquareSum
    if (seconds > 0.5) top = bin
  }
  trip.movingS += movingS
  trip.speedSum += distanceM
  trip.distanceM += distanceM
  trip.speedMaxMps = Math.max(trip.speedMaxMps, (topKmh[top]! + 10 * random.uniform()) / 3.6)
}

function addForces(
  trip: TripStatistics,
  bins: Record<Histogram, Float64Array>,
  imuS: number,
  of: ClassFit['moments'],
): void {
  trip.imuS += imuS
  trip.aLongSquareSum += addBins(trip.aLongHistS, bins.aLongHistS, imuS, accelerationSquares) * of.aLongSquareSum
  trip.aLatSquareSum += addBins(trip.aLatHistS, bins.aLatHistS, imuS, accelerationSquares) * of.aLatSquareSum
  trip.jerkSquareSum += addBins(trip.jerkHistS, bins.jerkHistS, imuS, jerkSquares) * of.jerkSquareSum
}

/** Adds bins that are scaled to so many seconds; returns Σ seconds × square. */
function addBins(into: number[], bins: Float64Array, seconds: number, squares: readonly number[]): number {
  const scale = seconds / (sum(bins) || 1)
  let squareSum = 0
  for (let bin = 0; bin < bins.length; bin++) {
    const part = bins[bin]! * scale
    into[bin]! += part
    squareSum += part * squares[bin]!
  }
  return squareSum
}

/**
 * The gamma deviate of that mean and variance over mean at a normal one: by Wilson and Hilferty (PNAS 17, 684 (1931)) where the mean is
 * large; where it is small, an exponential one that mostly is not there, with the same mean and variance.
 */
export function amountOf(mean: number, dispersion: number, z: number): number {
  const shape = mean / dispersion
  if (shape >= 1) {
    const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))
    return root > 0 ? mean * root * root * root : 0
  }
  const probability = (2 * shape) / (1 + shape)
  const above = tail(z)
  return above < probability ? -(mean / probability) * Math.log(above / probability) : 0
}

/** Probability that a normal deviate is above z (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
export function tail(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const above = 0.3989422804014327 * Math.exp(-0.5 * z * z) * series
  return z >= 0 ? above : 1 - above
}

function targetsOf({ counts }: ClassFit, bins: Record<Histogram, Float64Array>): Target[] {
  return counts.map((name) => {
    const [first, second, third] = name.split('.')
    const histogram = histograms.find((one) => one === first)
    if (histogram) return { bins: bins[histogram], bin: Number(second), kind: 'bin', event: null }
    const kind = first === 'event' ? 'event' : first === 'stops' ? 'stops' : 'idle'
    const event = { kind: second as EventKind, band: third as 'coach' | 'count', grade: 'A' as const }
    return { bins: null, bin: -1, kind, event: kind === 'event' ? event : null }
  })
}

/** Constant and effects of a design. */
function linear(effects: readonly number[], design: Float64Array): number {
  let value = effects[0]!
  for (let n = 0; n < design.length; n++) value += effects[n + 1]! * design[n]!
  return value
}

function sum(bins: Float64Array): number {
  let total = 0
  for (const seconds of bins) total += seconds
  return total
}
