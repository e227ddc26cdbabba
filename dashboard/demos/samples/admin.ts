import type { AdminDriver, AdminPolicy, AdminUser } from '@fairmile/contract/http/admin-lists.ts'
import type { AdminOverview } from '@fairmile/contract/http/admin-overview.ts'
import type { BulkItem, BulkPreview, BulkRun } from '@fairmile/contract/http/bulk.ts'
import type { Report, ReportSummary } from '@fairmile/contract/http/reports.ts'

const endMs = Date.UTC(2026, 10, 28, 17, 42)
const dayMs = 86_400_000
const dayAt = (n: number): string => new Date(endMs - (29 - n) * dayMs).toISOString().slice(0, 10)
/** A wave that is the same each time: fewer trips on weekends. */
const tripsAt = (n: number): number => Math.round(310 + 60 * Math.sin(n * 0.9) - (n % 7 > 4 ? 120 : 0))
const activity = Array.from({ length: 30 }, (_, n) => ({
  day: dayAt(n),
  trips: tripsAt(n),
  drivers: Math.round(tripsAt(n) / 2.4),
  km: Math.round(tripsAt(n) * 17.3),
  gradableKm: Math.round(tripsAt(n) * 16.6),
}))
const kinds = [
  ['harsh_braking', 0.16],
  ['harsh_cornering', 0.09],
  ['harsh_acceleration', 0.05],
  ['speeding', 0.12],
  ['phone_use', 0.03],
] as const
const sum = (days: number, of: (day: (typeof activity)[number]) => number) =>
  activity.slice(-days).reduce((total, day) => total + of(day), 0)
const driven = (days: number) => ({ trips: sum(days, ({ trips }) => trips), km: sum(days, ({ km }) => km) })

/** A portfolio of some hundred drivers. */
export const sampleOverview: AdminOverview = {
  at: new Date(endMs).toISOString(),
  drivers: 412,
  activePolicies: 398,
  devices: { claimed: 396, heard: 371 },
  driven: { today: driven(1), days7: driven(7), days30: driven(30) },
  scores: {
    scored: 385,
    unscored: 27,
    mean: 68.4,
    interval: { low: 66.7, high: 70.1 },
    bins: [4, 9, 14, 22, 31, 46, 64, 82, 71, 42],
  },
  premiums: [
    { currency: 'EUR', policies: 385, premiumMinor: 14_218_300, monthMinor: 1_692_400, meanDiscountPpm: 214_000 },
  ],
  activity,
  events: activity.flatMap(({ day, trips }, n) =>
    kinds.map(([kind, share]) => ({
      day,
      kind,
      events: Math.round(trips * share * (1 + 0.2 * Math.sin(n))),
      counted: Math.round(trips * share * 0.2),
    })),
  ),
  health: {
    deliveries: [
      { consumer: 'pricing', pending: 3, dead: 0, lagS: 2 },
      { consumer: 'risk', pending: 1, dead: 2, lagS: 1 },
    ],
    deadLetters: { waiting: 4, newestAt: new Date(endMs - 3_600_000).toISOString() },
    jobs: ['bulk-actions', 'look-at-trips', 'retain-rows'].map((job) => ({
      ...{ job, does: 'what it does', state: 'completed', error: null },
      endedAt: new Date(endMs - 60_000).toISOString(),
    })),
    cacheHitRate: 0.87,
    database: { kind: 'server', sizeBytes: 48.2e9 },
  },
}

const people = ['Ada Berger', 'Bo Lindqvist', 'Cleo Marchetti-Vandenberghe', 'Dara Okafor', 'Eli Novak', 'Fay Sørensen']
const id = (prefix: string, n: number): string => `${prefix}-${String(n + 1).padStart(4, '0')}`
const emailOf = (name: string): string => `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.com`

export const sampleAdminDrivers: readonly AdminDriver[] = people.map((name, n) => ({
  ...{ id: id('DRV', n), name, email: emailOf(name), userId: id('USR', n), disabled: n === 4 },
  createdAt: new Date(endMs - 300 * dayMs).toISOString(),
  score:
    n === 3
      ? null
      : {
          safetyScore: 92 - n * 14,
          low: 88 - n * 14,
          high: 96 - n * 14,
          judgedKm: 1_240 - n * 90,
          calculatedAt: new Date(endMs - n * 3_600_000).toISOString(),
        },
  missingKm: n === 3 ? 3.5 : 0,
  policies: n === 3 ? 0 : 1,
  plans: n === 3 ? [] : [n % 2 ? 'fairmile-2' : 'fairmile-1'],
  devices: n === 3 ? 0 : 1,
  heardAt: n === 3 ? null : new Date(endMs - n * n * 9 * 3_600_000).toISOString(),
}))

export const sampleAdminPolicies: readonly AdminPolicy[] = people.map((name, n) => ({
  ...{ id: id('POL', n), driver: { id: id('DRV', n), name }, vehicle: { id: id('VEH', n), name: 'Small estate' } },
  ...{
    planId: n % 2 ? 'fairmile-2' : 'fairmile-1',
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    state: 'active',
    outcome: 'active',
  },
  premium:
    n === 3
      ? null
      : {
          currency: 'EUR',
          premiumMinor: 38_400 + n * 2_150,
          monthMinor: 3_950 + n * 310,
          discountPpm: 260_000 - n * 31_000,
        },
  renewal: n === 1 ? { id: 'POL-0101', planId: 'fairmile-2' } : null,
}))

export const sampleAdminUsers: readonly AdminUser[] = people.map((name, n) => ({
  ...{ id: id('USR', n), name, email: emailOf(name), role: n === 0 ? 'admin' : 'driver' },
  driverId: n === 0 ? null : id('DRV', n),
  createdAt: new Date(endMs - (n * 40 + 3) * dayMs).toISOString(),
  invited: n === 2,
  disabledAt: n === 4 ? new Date(endMs - 2 * dayMs).toISOString() : null,
}))

export const samplePreview: BulkPreview = {
  token: 'BLK-0123456789AB',
  action: 'move-policies',
  expiresAt: new Date(endMs + 3_600_000).toISOString(),
  selected: 6,
  changes: 4,
  items: sampleAdminPolicies.map(({ id: policyId, driver, vehicle }, n) => ({
    id: policyId,
    label: `${driver.name}, ${vehicle.name}`,
    change: 'fairmile-1 until 2026-12-31, fairmile-2 from 2027-01-01',
    warning: n < 4 ? null : 'it renews under fairmile-3 already',
  })),
  warnings: [{ warning: 'it renews under fairmile-3 already', items: 2 }],
}
export const sampleRun: BulkRun = {
  ...{ id: samplePreview.token, action: 'move-policies', state: 'done', by: 'admin@example.com', jobId: null },
  startedAt: new Date(endMs).toISOString(),
  endedAt: new Date(endMs + 4_000).toISOString(),
  counts: { waiting: 0, done: 4, skipped: 2, failed: 0 },
}
export const sampleRunItems: readonly BulkItem[] = samplePreview.items.map(
  ({ id: itemId, label, change, warning }) => ({
    ...{ id: itemId, label, change, state: warning ? 'skipped' : 'done' },
    detail: warning ?? 'renews as POL-4K7Z',
  }),
)

export const sampleReport: Report = {
  ...{ id: 'RPT-0123456789AB', kind: 'loss-by-plan', period: '2026-10', madeBy: 'schedule' },
  madeAt: '2026-11-01T03:15:02.000Z',
  tables: [
    {
      name: 'plans',
      title: 'Premium, exposure and events by plan',
      columns: [
        { name: 'plan', title: 'Plan' },
        { name: 'currency', title: 'Currency' },
        { name: 'policies', title: 'Policies' },
        { name: 'policyYears', title: 'Policy years' },
        { name: 'premium', title: 'Earned premium, minor units' },
        { name: 'km', title: 'Kilometres' },
        { name: 'eventFrequency', title: 'Counted events in 1,000 km' },
      ],
      rows: [
        ['fairmile-1', 'EUR', 241, 20.12, 1_012_400, 98_412.4, 3.1],
        ['fairmile-2', 'EUR', 157, 12.98, 640_900, 61_004.2, 2.64],
      ],
    },
    {
      name: 'losses',
      title: 'Losses by plan',
      columns: [
        { name: 'plan', title: 'Plan' },
        { name: 'currency', title: 'Currency' },
        { name: 'claims', title: 'Claims' },
        { name: 'open', title: 'of these open' },
        { name: 'incurred', title: 'Incurred, minor units' },
        { name: 'claimFrequency', title: 'Claims in 1,000 policy years' },
        { name: 'meanCost', title: 'Mean cost, minor units' },
        { name: 'premium', title: 'Earned premium, minor units' },
        { name: 'lossRatio', title: 'Loss ratio, %' },
      ],
      rows: [
        ['fairmile-1', 'EUR', 3, 1, 742_100, 149.1, 247_367, 1_012_400, 73.3],
        ['fairmile-2', 'EUR', 0, 0, 0, 0, null, 640_900, 0],
      ],
    },
    {
      name: 'coverages',
      title: 'Losses by plan and coverage',
      columns: [
        { name: 'plan', title: 'Plan' },
        { name: 'coverage', title: 'Coverage' },
        { name: 'currency', title: 'Currency' },
        { name: 'claims', title: 'Claims' },
        { name: 'open', title: 'of these open' },
        { name: 'paid', title: 'Paid, minor units' },
        { name: 'reserved', title: 'Reserved, minor units' },
        { name: 'incurred', title: 'Incurred, minor units' },
        { name: 'claimFrequency', title: 'Claims in 1,000 policy years' },
        { name: 'meanCost', title: 'Mean cost, minor units' },
      ],
      rows: [
        ['fairmile-1', 'liability', 'EUR', 1, 1, 200_000, 482_100, 682_100, 49.7, 682_100],
        ['fairmile-1', 'theft and hail', 'EUR', 2, 0, 60_000, 0, 60_000, 99.4, 30_000],
      ],
    },
  ],
  notes: [
    'Losses are those of this month as their claims were told when the report was made, the newest word of 2026-10-31. What was told later, or not at all, is not in it.',
  ],
}
export const sampleReports: readonly ReportSummary[] = (
  ['loss-by-plan', 'portfolio', 'discount', 'data-quality'] as const
).map((kind, n) => ({
  id: `RPT-0123456789A${'BCDE'[n]}`,
  kind,
  period: '2026-10',
  madeAt: sampleReport.madeAt,
  madeBy: 'schedule',
}))
