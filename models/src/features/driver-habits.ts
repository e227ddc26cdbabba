import { over, total } from '../trips/shares.ts'
import type { DriverFeature } from './driver-feature.ts'
import { betweenTrips, ofMetres } from './rates.ts'

const byHour = 'moving time by hour'
const weighed = 'standard deviation over trips, weighed by distance, of the'

/** When and how far one drives, and how much trips differ. */
export const habitFeatures: readonly DriverFeature[] = [
  {
    name: 'night_share',
    unit: 'share',
    monotone: 0,
    formula: `moving time 23–4 h ÷ ${byHour}`,
    reason: 'dark and tired',
    value: ({ total: t }) => over(total(t.hourHistS, 23) + total(t.hourHistS, 0, 4), total(t.hourHistS, 0)),
  },
  {
    name: 'evening_share',
    unit: 'share',
    monotone: 0,
    formula: `moving time 19–23 h ÷ ${byHour}`,
    reason: 'dusk, and the way home',
    value: ({ total: t }) => over(total(t.hourHistS, 19, 23), total(t.hourHistS, 0)),
  },
  {
    name: 'rush_share',
    unit: 'share',
    monotone: 0,
    formula: `moving time 7–9 and 16–19 h ÷ ${byHour}`,
    reason: 'dense traffic',
    value: ({ total: t }) => over(total(t.hourHistS, 7, 9) + total(t.hourHistS, 16, 19), total(t.hourHistS, 0)),
  },
  {
    name: 'weekend_share',
    unit: 'share',
    monotone: 0,
    formula: `moving time on Saturday and Sunday ÷ ${byHour}`,
    reason: 'another kind of trips',
    value: ({ total: t }) => over(t.weekendS, total(t.hourHistS, 0)),
  },
  {
    name: 'trip_km',
    unit: 'km',
    monotone: 0,
    formula: 'distance ÷ trips',
    reason: 'errands or journeys',
    value: ({ total: t, trips }) => (trips > 0 ? t.distanceM / 1000 / trips : Number.NaN),
  },
  {
    name: 'trip_minutes',
    unit: 'min',
    monotone: 0,
    formula: 'duration ÷ trips',
    reason: 'time at the wheel without a pause',
    value: ({ total: t, trips }) => (trips > 0 ? t.durationS / 60 / trips : Number.NaN),
  },
  {
    name: 'short_trip_share',
    unit: 'share of km',
    monotone: 0,
    formula: 'distance of trips under 5 km ÷ distance',
    reason: 'streets and parking',
    value: ({ total: t, shortM }) => ofMetres(shortM, t.distanceM),
  },
  {
    name: 'long_trip_share',
    unit: 'share of km',
    monotone: 0,
    formula: 'distance of trips over an hour ÷ distance',
    reason: 'tired at the end',
    value: ({ total: t, longM }) => ofMetres(longM, t.distanceM),
  },
  {
    name: 'speed_between_trips',
    unit: 'm/s',
    monotone: 0,
    formula: `${weighed} mean speed`,
    reason: 'always the same way, or many',
    value: (s) => betweenTrips(s, 'speed'),
  },
  {
    name: 'braking_between_trips',
    unit: 'share',
    monotone: 1,
    formula: `${weighed} share of time with a ≤ −0.2 g`,
    reason: 'even or uneven temper at the brake',
    value: (s) => betweenTrips(s, 'braking'),
  },
  {
    name: 'acceleration_between_trips',
    unit: 'share',
    monotone: 1,
    formula: `${weighed} share of time with a > 0.2 g`,
    reason: 'even or uneven temper at the pedal',
    value: (s) => betweenTrips(s, 'acceleration'),
  },
  {
    name: 'cornering_between_trips',
    unit: 'share',
    monotone: 1,
    formula: `${weighed} share of time with |l| > 0.2 g`,
    reason: 'even or uneven temper in bends',
    value: (s) => betweenTrips(s, 'cornering'),
  },
  {
    name: 'jerk_between_trips',
    unit: 'm/s³',
    monotone: 1,
    formula: `${weighed} jerk's root mean square`,
    reason: 'even or uneven smoothness',
    value: (s) => betweenTrips(s, 'jerk'),
  },
  {
    name: 'speeding_between_trips',
    unit: 'share',
    monotone: 1,
    formula: `${weighed} share of time above the limit`,
    reason: 'speeding now and then, or always',
    value: (s) => betweenTrips(s, 'speeding'),
  },
]
