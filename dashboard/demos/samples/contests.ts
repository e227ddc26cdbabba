import type { Contest, ContestDetail } from '@fairmile/contract/http/contests.ts'
import type { DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { sampleEventDetail, sampleEvents } from './trips.ts'

const brake = sampleEventDetail(sampleEvents[0]!)
const at = (days: number): string => new Date(Date.parse(brake.startAt) + days * 86_400_000).toISOString()

/** A contest that waits for its ruling. */
export const sampleContest: Contest = {
  id: 'CON-4K7Z2M9Q1X3B',
  eventId: brake.id,
  tripId: brake.tripId,
  driverId: 'DRV-0001',
  policyId: 'POL-0001',
  reason: 'emergency',
  text: 'A child ran onto the road between two parked cars, and I had to stop at once.',
  limitKmh: null,
  state: 'open',
  version: 1,
  openedAt: at(0.5),
  onBehalf: false,
  ruleBy: at(14),
  settledAt: null,
  event: {
    kind: brake.kind,
    band: brake.band,
    grade: brake.grade,
    startAt: brake.startAt,
    peak: brake.peak,
    limitKmh: 70,
  },
  rulings: [],
}

const ruling = {
  ruling: 'upheld' as const,
  by: 'admin' as const,
  userId: null,
  grounds:
    'The trace shows a stop from 66 to 2 km/h in three seconds outside a school at eight in the morning, as told.',
  at: at(3),
  settles: true,
  effectMinor: 184,
  limit: null,
  drivenBy: null,
}

/** The same, upheld and rejected. */
export const sampleUpheld: Contest = {
  ...sampleContest,
  id: 'CON-1V5N8R3Z0Y2A',
  state: 'upheld',
  version: 2,
  settledAt: at(3),
  rulings: [ruling],
}
export const sampleRejected: Contest = {
  ...sampleUpheld,
  id: 'CON-7B2Q9D0W4T6E',
  reason: 'sensor',
  text: 'I did not brake that hard.',
  state: 'rejected',
  rulings: [
    {
      ...ruling,
      ruling: 'rejected',
      grounds: 'Receiver and motion sensor agree to a tenth of a second; the box was calibrated.',
    },
  ],
}

const version = (n: number, risk: number, premiumMinor: number) => ({
  score: { version: n, risk, calculatedAt: at(n) },
  premium: { version: n, premiumMinor, currency: 'EUR', receiptId: `RCP-000000000000000${n}`, calculatedAt: at(n) },
})

/** A contest as its admins see it, and one that is settled with all its versions. */
export const samplePendingDetail: ContestDetail = {
  ...sampleContest,
  before: version(1, 27.4, 21_744),
  suspended: version(2, 25.1, 21_560),
  after: null,
  effect: {
    ...{ premiumMinor: 184, currency: 'EUR', risk: 2.3, needsSecond: false },
    without: { premiumMinor: 21_560, risk: 25.1 },
  },
  givenBackMinor: 0,
}
export const sampleSettledDetail: ContestDetail = {
  ...samplePendingDetail,
  ...sampleUpheld,
  after: version(3, 22.4, 25_310),
  givenBackMinor: 184,
}

/** What the brake was judged on. */
export function sampleEvidence(contest: Contest | null = null): DrivingEventEvidence {
  const { id: eventId, kind, band, grade, gradeReasons, startAt, endAt, limitKmh, trace } = brake
  const inG = (column: (number | null)[]) => column.map((value) => (value === null ? null : value / G_MPS2))
  const offsetMs = Array.from({ length: 24 }, (_, second) => second * 1000 - 10_000)
  return {
    ...{ eventId, kind, band, grade, gradeReasons, startAt, endAt, limitKmh },
    trace: trace && {
      ...{ offsetMs: trace.offsetMs, speedMps: trace.speedMps, lat: trace.lat, lon: trace.lon },
      ...{ alongG: inG(trace.aLong), acrossG: inG(trace.aLat) },
    },
    seconds: {
      offsetMs,
      limitKmh: offsetMs.map((ms) => (ms < -4000 ? 50 : 70)),
      altM: offsetMs.map((ms) => 340 - ms / 5000),
      slope: offsetMs.map((ms) => (ms > 4000 ? null : -0.021 + Math.sin(ms / 4000) / 200)),
      quality: offsetMs.map(() => 0),
    },
    calibration: { state: 'within', maxSigmaG: 0.02 },
    contestableUntil: at(30),
    contest,
  }
}
