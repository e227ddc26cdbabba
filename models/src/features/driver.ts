import type { EventKind } from '@fairmile/contract/driving-event.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { KMH_PER_MPS } from '@fairmile/contract/units.ts'
import type { Feature } from './feature.ts'

interface DriverFeature extends Feature {
  value(statistics: TripStatistics): number
}

/** Below this a rate or share says nothing yet: unknown, not zero. */
const minimumM = 1000
const minimumS = 60

const feature = (
  name: string,
  unit: string,
  monotone: 0 | 1,
  formula: string,
  reason: string,
  value: (statistics: TripStatistics) => number,
): DriverFeature => ({ name, unit, formula, reason, monotone, value })

/**
 * The features of a driver, pure functions of merged trip statistics: rates per 100 km and shares, never the kilometres.
 *
 * Harsh rates count grade A events of at least the coach band alike: what lies above, the count band, is the discount's.
 */
export const driverFeatures: readonly DriverFeature[] = [
  feature(
    'speed_mean',
    'km/h',
    0,
    '∫v dt ÷ known moving time',
    'what roads are driven',
    (s) => over(s.speedSum, knownS(s)) * KMH_PER_MPS,
  ),
  feature('speed_std', 'km/h', 0, '√(∫v² dt ÷ known moving time − mean²)', 'steady or uneven speed', speedDeviation),
  feature(
    'urban_share',
    'share',
    0,
    'moving time up to 50 km/h ÷ known moving time',
    'junctions, people, cyclists',
    (s) => over(total(s.speedHistS, 0, 5), knownS(s)),
  ),
  feature('above_110_share', 'share', 0, 'moving time above 110 km/h ÷ known moving time', 'motorway', (s) =>
    over(total(s.speedHistS, 11), knownS(s)),
  ),
  feature(
    'above_130_share',
    'share',
    1,
    'moving time above 130 km/h ÷ known moving time',
    'energy in a crash grows with v²',
    (s) => over(total(s.speedHistS, 13), knownS(s)),
  ),
  feature('stop_rate', '1/100 km', 0, 'stops ÷ distance', 'junctions and queues', (s) =>
    per100Km(s.stops, s.distanceM),
  ),
  feature('idle_share', 'share', 0, 'standing time ÷ duration', 'queues', (s) => over(s.idleS, s.durationS)),
  feature(
    'harsh_braking_rate',
    '1/100 km',
    1,
    'grade A events ≥ coach ÷ gradable distance',
    'late reaction, short gaps',
    (s) => eventRate(s, 'harsh_braking'),
  ),
  feature('harsh_acceleration_rate', '1/100 km', 1, 'grade A events ≥ coach ÷ gradable distance', 'haste', (s) =>
    eventRate(s, 'harsh_acceleration'),
  ),
  feature('harsh_cornering_rate', '1/100 km', 1, 'grade A events ≥ coach ÷ gradable distance', 'grip used up', (s) =>
    eventRate(s, 'harsh_cornering'),
  ),
  feature('braking_share', 'share', 1, 'time with a ≤ −0.2 g ÷ judged time', 'firm braking', (s) =>
    over(total(s.aLongHistS, 0, 4), s.imuS),
  ),
  feature('hard_braking_share', 'share', 1, 'time with a ≤ −0.3 g ÷ judged time', 'hard braking', (s) =>
    over(total(s.aLongHistS, 0, 3), s.imuS),
  ),
  feature('acceleration_share', 'share', 1, 'time with a > 0.2 g ÷ judged time', 'firm acceleration', (s) =>
    over(total(s.aLongHistS, 9), s.imuS),
  ),
  feature('cornering_share', 'share', 1, 'time with |l| > 0.2 g ÷ judged time', 'brisk bends', (s) =>
    over(total(s.aLatHistS, 0, 4) + total(s.aLatHistS, 9), s.imuS),
  ),
  feature('hard_cornering_share', 'share', 1, 'time with |l| > 0.3 g ÷ judged time', 'hard bends', (s) =>
    over(total(s.aLatHistS, 0, 3) + total(s.aLatHistS, 10), s.imuS),
  ),
  feature('along_rms', 'm/s²', 0, '√(∫a² dt ÷ judged time)', 'smoothness of the pedals', (s) =>
    root(over(s.aLongSquareSum, s.imuS)),
  ),
  feature('alat_rms', 'm/s²', 0, '√(∫l² dt ÷ judged time)', 'smoothness of the steering', (s) =>
    root(over(s.aLatSquareSum, s.imuS)),
  ),
  feature('jerk_rms', 'm/s³', 0, '√(∫j² dt ÷ time with jerk)', 'abrupt pedals', (s) =>
    root(over(s.jerkSquareSum, total(s.jerkHistS, 0))),
  ),
  feature('high_jerk_share', 'share', 1, 'time with |j| > 3 m/s³ ÷ time with jerk', 'the most abrupt moments', (s) =>
    over(total(s.jerkHistS, 4), total(s.jerkHistS, 0)),
  ),
  feature('night_share', 'share', 0, 'moving time 23–4 h ÷ moving time by hour', 'dark and tired', (s) =>
    over(total(s.hourHistS, 23) + total(s.hourHistS, 0, 4), total(s.hourHistS, 0)),
  ),
  feature('rush_share', 'share', 0, 'moving time 7–9 and 16–19 h ÷ moving time by hour', 'dense traffic', (s) =>
    over(total(s.hourHistS, 7, 9) + total(s.hourHistS, 16, 19), total(s.hourHistS, 0)),
  ),
  feature(
    'weekend_share',
    'share',
    0,
    'moving time on Saturday and Sunday ÷ moving time by hour',
    'another kind of trips',
    (s) => over(s.weekendS, total(s.hourHistS, 0)),
  ),
  feature(
    'speeding_share',
    'share',
    1,
    'time above the limit by the log band ÷ time with a known limit',
    'speeding',
    (s) => over(s.overLimitS[0], s.limitKnownS),
  ),
  feature(
    'excessive_speeding_share',
    'share',
    1,
    'time above the limit by the coach band ÷ time with a known limit',
    'the strongest sign of claims',
    (s) => over(s.overLimitS[1], s.limitKnownS),
  ),
  feature(
    'phone_share',
    'share',
    1,
    'phone use while moving ÷ time in which it could be seen',
    'eyes off the road',
    (s) => over(s.phoneS, s.phoneKnownS),
  ),
]

/** Writes one value for each of `driverFeatures`, in order; NaN is unknown. */
export function writeDriverFeatures(statistics: TripStatistics, out: Float32Array): void {
  for (let index = 0; index < driverFeatures.length; index++) out[index] = driverFeatures[index]!.value(statistics)
}

/** Kilometres driven: the offset of the driver model, never a feature. */
export function exposureKm(statistics: TripStatistics): number {
  return statistics.distanceM / 1000
}

function over(part: number, seconds: number): number {
  return seconds < minimumS ? Number.NaN : part / seconds
}

function per100Km(count: number, metres: number): number {
  return metres < minimumM ? Number.NaN : (count / metres) * 100_000
}

function eventRate(statistics: TripStatistics, kind: EventKind): number {
  let count = 0
  for (const entry of statistics.events) {
    if (entry.kind === kind && entry.grade === 'A' && entry.band !== 'log') count += entry.count
  }
  return per100Km(count, statistics.gradableM)
}

/** Moving seconds of known speed: an outage of GNSS is no standstill. */
function knownS({ speedHistS }: TripStatistics): number {
  return total(speedHistS, 0)
}

function speedDeviation(statistics: TripStatistics): number {
  const mean = over(statistics.speedSum, knownS(statistics))
  return root(Math.max(0, over(statistics.speedSquareSum, knownS(statistics)) - mean * mean)) * KMH_PER_MPS
}

/** Sum of bins `from` (included) to `to` (excluded). */
function total(bins: readonly number[], from: number, to = bins.length): number {
  let sum = 0
  for (let index = from; index < to; index++) sum += bins[index] ?? 0
  return sum
}

function root(value: number): number {
  return Math.sqrt(value)
}
