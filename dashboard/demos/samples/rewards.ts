import type {
  AdminRedemption,
  LeaderBoard,
  Redemption,
  RewardEntry,
  Rewards,
  RewardWeekReport,
} from '@fairmile/contract/http/rewards.ts'
import { parseRewardCatalogue } from '@fairmile/models/rewards/parse-catalogue.ts'
import catalogue from '../../../models/rewards/fairmile-rewards-1.json' with { type: 'json' }

const { achievements, boards, challenges, offers } = parseRewardCatalogue(JSON.stringify(catalogue))

const week = (monday: string, cleanDays: number, calmDays: number, more: Partial<RewardWeekReport> = {}) => ({
  ...{ week: monday, state: 'closed' as const, days: 7, drivenDays: 5, unjudgedDays: 0, cleanDays, calmDays },
  ...{ cleanPoints: cleanDays * 10, calmPoints: calmDays * 4, improvementPoints: 0 },
  points: cleanDays * 10 + calmDays * 4,
  ...more,
})
const done: Record<string, [done: number, reachedAt: string | null]> = {
  'ten-clean-trips': [10, '2026-10-12T17:42:00.000Z'],
  'phone-away-30': [19, null],
  'four-clean-weeks': [3, null],
  'calm-week': [7, '2026-10-19T00:00:00.000Z'],
  'calm-month': [11, null],
}

/** Rewards of a driver who has some of each. */
export const sampleRewards: Rewards = {
  driverId: 'DRV-0001',
  balance: 742,
  weekPoints: 98,
  streak: { weeks: 3, paused: true },
  weeks: [
    week('2026-11-23', 6, 6, { state: 'open', days: 6, drivenDays: 4 }),
    week('2026-11-16', 7, 7, { drivenDays: 0 }),
    week('2026-11-09', 7, 6),
    week('2026-11-02', 7, 7, { improvementPoints: 5, points: 103 }),
    week('2026-10-26', 6, 4, { unjudgedDays: 1 }),
    week('2026-10-19', 6, 5),
  ],
  achievements: achievements.map(({ condition, ...achievement }) => {
    const [reached = 0, reachedAt = null] = done[achievement.id] ?? []
    return { ...achievement, done: reached, of: condition.count, reachedAt }
  }),
  challenges: challenges.map(({ id, title, text, points, days, orGradableM }, index) => ({
    ...{ id, title, text, points, days, orGradableM },
    state: (['running', 'missed', 'open'] as const)[index] ?? 'open',
    joinedAt: index < 2 ? '2026-11-20T08:00:00.000Z' : null,
    doneDays: [9, 4, 0][index] ?? 0,
    doneGradableM: orGradableM === null ? null : 42_000,
  })),
  year: { givenMinor: 700, mostMinor: 1500, currency: 'EUR', title: 'Small gifts alone' },
  offers: offers.map((offer, index) => ({
    ...offer,
    refusal: ([null, null, 'over_the_year', 'kind_not_allowed'] as const)[index] ?? null,
  })),
  boards: boards.map(({ id, title, text }) => ({ id, title, text, takesPart: true })),
}

/** Before the first trip. */
export const noRewards: Rewards = {
  ...sampleRewards,
  ...{ balance: 0, streak: { weeks: 0, paused: false }, weeks: [] },
  achievements: sampleRewards.achievements.map((achievement) => ({ ...achievement, done: 0, reachedAt: null })),
  boards: sampleRewards.boards.map((board) => ({ ...board, takesPart: false })),
}

export const sampleBoard: LeaderBoard = {
  id: 'LBD-WEEK',
  title: 'Points of the week',
  week: '2026-11-16',
  shown: true,
  leastDrivers: 5,
  rows: [
    { place: 1, name: '7KQ2MX', points: 101, own: false },
    { place: 2, name: '4HBD9T', points: 98, own: true },
    { place: 2, name: 'ZP3W6N', points: 98, own: false },
    { place: 4, name: 'C8VGRA', points: 84, own: false },
    { place: 5, name: '2JY5FE', points: 70, own: false },
  ],
  own: { place: 2, of: 5, points: 98 },
}

const entry = (id: number, more: Partial<RewardEntry>): RewardEntry => ({
  ...{ id: String(id), at: '2026-11-26T03:10:00.000Z', kind: 'week', cause: 'week:2026-11-16', part: 1, points: 98 },
  ...{ reason: null, ...more },
})

export const sampleRewardEntries: readonly RewardEntry[] = [
  entry(7, {}),
  entry(6, { cause: 'week:2026-11-09', part: 2, points: -4, at: '2026-11-20T18:02:00.000Z' }),
  entry(5, { kind: 'redemption', cause: 'redemption:RDM-4K7Z9QW2M1XC', points: -600, at: '2026-11-17T09:30:00.000Z' }),
  entry(4, { kind: 'milestone', cause: 'milestone:calm-week', points: 20, at: '2026-10-19T16:30:00.000Z' }),
  entry(3, {
    kind: 'correction',
    cause: 'correction:1',
    points: 50,
    at: '2026-10-06T10:00:00.000Z',
    reason: 'The box was changed on two days.',
  }),
]

/** What the car wash is answered with. */
export const sampleRedemption: Redemption = {
  ...{ id: 'RDM-4K7Z9QW2M1XC', offerId: 'car-wash', kind: 'voucher', title: 'A car wash', points: 600 },
  ...{ valueMinor: 700, currency: 'EUR', madeAt: '2026-11-29T09:30:00.000Z', balance: 142 },
}

const redeemed = (more: Partial<AdminRedemption>): AdminRedemption => {
  const { balance: _balance, ...made } = sampleRedemption
  const open = { state: 'open', settledAt: null, settledBy: null, reason: null } as const
  return { ...made, driverId: 'DRV-0001', driverName: 'Ada Fischer', ...open, ...more }
}

/** What admins see of it, and of others. */
export const sampleRedemptions: readonly AdminRedemption[] = [
  redeemed({}),
  redeemed({
    ...{
      id: 'RDM-8T2QX5N7K4ZB',
      offerId: 'road-safety-donation',
      kind: 'donation',
      title: 'A donation to road safety',
    },
    ...{
      points: 400,
      valueMinor: 500,
      madeAt: '2026-11-30T17:12:00.000Z',
      driverId: 'DRV-0002',
      driverName: 'Bo Lund',
    },
  }),
  redeemed({ id: 'RDM-1M6HD3V9P2WC', madeAt: '2026-11-30T19:40:00.000Z', driverId: null, driverName: null }),
]

/** One that was refused. */
export const sampleRefusedRedemption: AdminRedemption = redeemed({
  ...{ id: 'RDM-5R9GB7T1Y3KD', state: 'refused', settledAt: '2026-11-30T08:05:00.000Z', settledBy: 'USR-1' },
  reason: 'The garage that washed the cars has closed; the points are yours again.',
})
