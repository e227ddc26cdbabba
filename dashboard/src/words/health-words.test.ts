import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AdminOverview } from '@fairmile/contract/http/admin-overview.ts'
import { healthWords } from './health-words.ts'

const well: Pick<AdminOverview, 'devices' | 'health'> = {
  devices: { claimed: 10, heard: 9 },
  health: {
    deliveries: [{ consumer: 'risk', pending: 2, dead: 0, lagS: 3 }],
    deadLetters: { waiting: 0, newestAt: null },
    jobs: [{ job: 'retain-rows', does: '', state: 'completed', endedAt: null, error: null }],
    cacheHitRate: 0.82,
    database: { kind: 'server', sizeBytes: 3e9 },
  },
}
const of = (changes: Partial<(typeof well)['health']>, part: string) =>
  healthWords({ ...well, health: { ...well.health, ...changes } }).find((item) => item.part === part)

test('healthWords are calm where all is well', () => {
  assert.ok(healthWords(well).every(({ level, next }) => level === 'well' && next === null))
})

test('healthWords put what needs an act first, with what to do', () => {
  const [first] = healthWords({
    ...well,
    health: { ...well.health, deliveries: [{ consumer: 'pricing', pending: 0, dead: 3, lagS: null }] },
  })
  assert.deepEqual([first?.level, first?.words], ['act', 'Given up: 3 by pricing.'])
})

test('healthWords tell late events, letters and missing workers apart from what is well', () => {
  const late = [{ consumer: 'risk', pending: 1, dead: 0, lagS: 900 }]
  assert.equal(of({ deliveries: late }, 'Events to scores and prices')?.level, 'look')
  assert.equal(of({ deadLetters: { waiting: 1, newestAt: null } }, 'Messages of boxes')?.level, 'look')
  assert.equal(of({ jobs: [] }, 'Recurring jobs')?.level, 'look')
  assert.equal(of({ cacheHitRate: null }, 'Cache of this process')?.words, 'Nothing was asked yet.')
})
