import { KMH_PER_MPS } from '@fairmile/contract/units.ts'
import { over, total } from '../trips/shares.ts'
import type { DriverFeature } from './driver-feature.ts'
import { knownS, per100Km } from './rates.ts'

/** How fast, on what roads, and how far above the limit. */
export const speedFeatures: readonly DriverFeature[] = [
  {
    name: 'speed_mean',
    unit: 'km/h',
    monotone: 0,
    formula: '∫v dt ÷ known moving time',
    reason: 'what roads are driven',
    value: ({ total: t }) => over(t.speedSum, knownS(t)) * KMH_PER_MPS,
  },
  {
    name: 'speed_std',
    unit: 'km/h',
    monotone: 0,
    formula: '√(∫v² dt ÷ known moving time − mean²)',
    reason: 'steady or uneven speed',
    value({ total: t }) {
      const mean = over(t.speedSum, knownS(t))
      return Math.sqrt(Math.max(0, over(t.speedSquareSum, knownS(t)) - mean * mean)) * KMH_PER_MPS
    },
  },
  {
    name: 'speed_top',
    unit: 'km/h',
    monotone: 0,
    formula: 'Σ highest speed of each trip ÷ trips',
    reason: 'how fast it gets when the road is free',
    value: ({ topSpeedSum, trips, total: t }) =>
      trips > 0 && knownS(t) > 0 ? (topSpeedSum / trips) * KMH_PER_MPS : Number.NaN,
  },
  {
    name: 'slow_share',
    unit: 'share',
    monotone: 0,
    formula: 'moving time up to 20 km/h ÷ known moving time',
    reason: 'queues and manoeuvres',
    value: ({ total: t }) => over(total(t.speedHistS, 0, 2), knownS(t)),
  },
  {
    name: 'urban_share',
    unit: 'share',
    monotone: 0,
    formula: 'moving time up to 50 km/h ÷ known moving time',
    reason: 'junctions, people, cyclists',
    value: ({ total: t }) => over(total(t.speedHistS, 0, 5), knownS(t)),
  },
  {
    name: 'above_110_share',
    unit: 'share',
    monotone: 0,
    formula: 'moving time above 110 km/h ÷ known moving time',
    reason: 'motorway',
    value: ({ total: t }) => over(total(t.speedHistS, 11), knownS(t)),
  },
  {
    name: 'above_130_share',
    unit: 'share',
    monotone: 1,
    formula: 'moving time above 130 km/h ÷ known moving time',
    reason: 'energy in a crash grows with v²',
    value: ({ total: t }) => over(total(t.speedHistS, 13), knownS(t)),
  },
  {
    name: 'stop_rate',
    unit: '1/100 km',
    monotone: 0,
    formula: 'stops ÷ distance',
    reason: 'junctions and queues',
    value: ({ total: t }) => per100Km(t.stops, t.distanceM),
  },
  {
    name: 'idle_share',
    unit: 'share',
    monotone: 0,
    formula: 'standing time ÷ duration',
    reason: 'queues',
    value: ({ total: t }) => over(t.idleS, t.durationS),
  },
  {
    name: 'speeding_share',
    unit: 'share',
    monotone: 1,
    formula: 'time above the limit by the log band ÷ time with a known limit',
    reason: 'speeding',
    value: ({ total: t }) => over(t.overLimitS[0], t.limitKnownS),
  },
  {
    name: 'excessive_speeding_share',
    unit: 'share',
    monotone: 1,
    formula: 'time above the limit by the coach band ÷ time with a known limit',
    reason: 'the strongest sign of claims',
    value: ({ total: t }) => over(t.overLimitS[1], t.limitKnownS),
  },
]
