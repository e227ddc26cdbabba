import type { ScreenState } from '@fairmile/contract/screen.ts'

/** A late November afternoon. */
const at = Date.UTC(2026, 10, 23, 16, 42)

/** A car that is driven safely by night. */
export const driving: ScreenState = {
  at,
  view: 'driving',
  ground: 'black',
  score: 87,
  overKmh: null,
  limitKmh: 50,
  troubles: [],
  alert: null,
  lastTrip: null,
  online: true,
  waiting: 12,
  pairing: null,
  canPair: true,
  phones: 0,
}

/** The same car after its trip. */
export const parked: ScreenState = {
  ...driving,
  view: 'parked',
  score: null,
  limitKmh: null,
  waiting: 0,
  lastTrip: {
    endAt: at - 120_000,
    distanceM: 12_430,
    durationS: 1440,
    score: 84,
    events: [
      { kind: 'harsh_braking', band: 'count', count: 1 },
      { kind: 'harsh_cornering', band: 'coach', count: 2 },
      { kind: 'speeding', band: 'coach', count: 1 },
    ],
  },
}

const alerted = (kind: NonNullable<ScreenState['alert']>['kind'], band: 'coach' | 'count', value: number) => ({
  alert: { eventId: 'EVT-1', kind, band, at, value },
})

/** Every state that the screen can be in, by name. */
export const screens: Record<string, ScreenState | null> = {
  starting: null,
  'driving safely': driving,
  'driving badly': { ...driving, score: 8 },
  'a perfect score': { ...driving, score: 100 },
  'over the limit': { ...driving, overKmh: 14 },
  'far over the limit': { ...driving, overKmh: 62, limitKmh: 100 },
  'harsh braking': { ...driving, score: 61, ...alerted('harsh_braking', 'count', 5.4) },
  'harsh acceleration': { ...driving, score: 70, ...alerted('harsh_acceleration', 'coach', 3.4) },
  'lane change': { ...driving, score: 66, ...alerted('harsh_lane_change', 'coach', 4.1) },
  speeding: { ...driving, overKmh: 21, ...alerted('speeding', 'count', 5.8) },
  'phone use': { ...driving, score: 58, ...alerted('phone_use', 'coach', 4) },
  crash: { ...driving, score: 40, ...alerted('crash', 'count', 60) },
  'crash, standing': { ...parked, ...alerted('crash', 'count', 60) },
  tamper: { ...parked, ...alerted('tamper', 'count', 1) },
  'tamper, driving': { ...driving, ...alerted('tamper', 'count', 1) },
  uncalibrated: { ...driving, score: null, troubles: ['not_calibrated'] },
  'GNSS lost': { ...driving, score: 82, limitKmh: null, troubles: ['no_position'] },
  'no readings': { ...driving, score: null, limitKmh: null, troubles: ['no_readings'] },
  parked,
  'parked, nothing to tell': { ...parked, lastTrip: { ...parked.lastTrip!, score: 97, events: [] } },
  'parked, not judged': { ...parked, lastTrip: { ...parked.lastTrip!, score: null }, troubles: ['not_calibrated'] },
  'parked, much to tell': {
    ...parked,
    online: false,
    waiting: 48_213,
    troubles: ['no_position', 'not_calibrated'],
    lastTrip: {
      ...parked.lastTrip!,
      distanceM: 412_300,
      durationS: 15_400,
      events: [
        ...parked.lastTrip!.events,
        { kind: 'harsh_acceleration', band: 'coach', count: 12 },
        { kind: 'phone_use', band: 'coach', count: 3 },
      ],
    },
  },
  'parked, first time': { ...parked, lastTrip: null, troubles: ['no_readings'] },
  'pairing a phone': { ...parked, pairing: { code: '483921', leftS: 161 } },
}
