import type { User } from '@fairmile/contract/http/auth.ts'
import type { DeadLetter } from '@fairmile/contract/http/dead-letters.ts'
import type { DeviceCare } from '@fairmile/contract/http/device-care.ts'
import type { Device } from '@fairmile/contract/http/devices.ts'
import type { Driver } from '@fairmile/contract/http/drivers.ts'
import type { Score } from '@fairmile/contract/http/score.ts'

const now = Date.now()
const iso = (hoursAgo: number): string => new Date(now - hoursAgo * 3_600_000).toISOString()

/** Who drives in the samples. */
export const sampleUser: User = {
  id: 'USR-0001',
  email: 'driver@example.com',
  name: 'Robin Sample',
  role: 'driver',
  driverId: 'DRV-0001',
}

/** Who looks after devices in the samples. */
export const sampleAdmin: User = {
  id: 'USR-0002',
  email: 'admin@example.com',
  name: 'Alex Sample',
  role: 'admin',
  driverId: null,
}

/** The driver with the policy of this year. */
export const sampleDriver: Driver = {
  id: 'DRV-0001',
  name: sampleUser.name,
  email: sampleUser.email,
  createdAt: iso(900),
  policies: [
    {
      id: 'POL-0001',
      driverId: 'DRV-0001',
      vehicle: { id: 'VEH-0001', name: 'Small estate' },
      planId: 'standard-2026-11',
      startsOn: '2026-10-01',
      endsOn: '2027-03-31',
      state: 'active',
    },
  ],
}

/** A score with an interval and reasons in both directions. */
export const sampleScore: Score = {
  driverId: 'DRV-0001',
  version: 31,
  calculatedAt: iso(18),
  risk: 16,
  safetyScore: 84,
  interval: { low: 13, high: 19 },
  exposureKm: 612,
  judgedKm: 588,
  trips: 31,
  periodDays: 30,
  relativity: 0.82,
  status: 'scored',
  minimumKm: 5,
  missingKm: 0,
  model: { name: 'driver', version: '1.0.0' },
  reasons: [
    {
      feature: 'harsh_braking_rate',
      code: 'EV-01',
      text: 'Hard brakes: 0.8 in 100 km',
      value: 0.8,
      unit: '1/100 km',
      shap: 0.11,
      direction: 'raises',
      advice:
        'Keep two seconds to the car in front, three when it is wet, and lift the foot when its brake lights come on.',
    },
    {
      feature: 'speeding_share',
      code: 'SP-10',
      text: 'Time above the limit: 2.4 % of the driving with a known limit',
      value: 0.024,
      unit: '',
      shap: 0.06,
      direction: 'raises',
      advice: 'Set the limiter or cruise control to the limit; ease off before the sign, not after it.',
    },
    {
      feature: 'night_share',
      code: 'HB-01',
      text: 'Driving between 23:00 and 04:00: 1 % of the time',
      value: 0.01,
      unit: '',
      shap: -0.09,
      direction: 'lowers',
      advice: null,
    },
    {
      feature: 'harsh_cornering_rate',
      code: 'EV-03',
      text: 'Firm corners: 0.2 in 100 km',
      value: 0.2,
      unit: '1/100 km',
      shap: -0.21,
      direction: 'lowers',
      advice: null,
    },
  ],
}

/** A device that reports and one that was never claimed. */
export const sampleDevices: readonly Device[] = [
  {
    id: 'DEV-0001',
    vehicle: { id: 'VEH-0001', name: 'Small estate' },
    driverId: 'DRV-0001',
    claimedAt: iso(800),
    lastSeenAt: iso(0.001),
  },
  {
    id: 'DEV-0002',
    vehicle: { id: 'VEH-0002', name: 'Delivery van' },
    driverId: null,
    claimedAt: iso(500),
    lastSeenAt: iso(52),
  },
  { id: 'DEV-0003', vehicle: { id: 'VEH-0003', name: 'Pool car' }, driverId: null, claimedAt: null, lastSeenAt: null },
]

/** A message that could not be stored. */
export const sampleDeadLetters: readonly DeadLetter[] = [
  {
    id: '1',
    receivedAt: iso(3),
    deviceId: 'DEV-0002',
    topic: 'fairmile/v1/DEV-0002/up/log/telematics',
    reason: 'bad_signature',
    detail: 'the batch of boot 7 from seq 301 was not signed by the key of DEV-0002',
    sizeBytes: 1832,
    hasPayload: true,
    acked: true,
    tries: 0,
    replayedAt: null,
    replayedBy: null,
  },
]

/** What the first of the sample devices says of itself. */
export const sampleCare: DeviceCare = {
  state: {
    receivedAt: '2026-03-31T17:42:01.000Z',
    online: true,
    at: Date.parse('2026-03-31T17:42:00Z'),
    boot: 4_503_599_627,
    agentVersion: '0.1.0',
    outbox: { writtenBytesPerHour: 2_400_000, dropped: { telematics: 0, raw: 1200 }, setAside: 0 },
  },
  report: {
    receivedAt: '2026-03-31T17:43:31.000Z',
    at: Date.parse('2026-03-31T17:43:30Z'),
    agentVersion: '0.1.0',
    ok: false,
    findings: [
      {
        name: 'gnss',
        result: 'ok',
        detail: 'receiver on /dev/serial0: 3D fix, 11 satellites, HDOP 0.8, 6 fixes heard',
      },
      { name: 'imu', result: 'ok', detail: 'I²C bus 1: 100 readings a second' },
      {
        name: 'imu noise',
        result: 'warning',
        detail:
          'largest σ 0.310 m/s², 0.0140 rad/s: it is shaken; switch the engine off, and see that the box sits tight',
      },
      {
        name: 'map',
        result: 'failed',
        detail: 'Opening the map "roads.sqlite": it is no map: make one with fairmile-agent maps build',
      },
      { name: 'wear', result: 'skipped', detail: 'this disk does not tell (only eMMC does): replace SD cards by age' },
    ],
  },
  settings: { version: 1 },
  commands: [
    {
      id: 'CMD-1',
      type: 'doctor',
      createdAt: '2026-03-31T17:43:20.000Z',
      answeredAt: '2026-03-31T17:43:31.000Z',
      result: 'done',
      detail: 'map failed, imu noise warning',
    },
  ],
}
