import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { RewardCatalogue } from '@fairmile/contract/reward-catalogue.ts'
import { parseRewardCatalogue } from './parse-catalogue.ts'

const text = readFileSync(new URL('../../rewards/fairmile-rewards-1.json', import.meta.url), 'utf8')

function problemsOf(change: (catalogue: RewardCatalogue) => void): string[] {
  const catalogue = JSON.parse(text) as RewardCatalogue
  change(catalogue)
  try {
    parseRewardCatalogue(JSON.stringify(catalogue))
    return []
  } catch (error) {
    return (error as Error).message.replace(/^.*?": /, '').split('; ')
  }
}

test('parseRewardCatalogue takes the published catalogue', () => {
  assert.deepEqual(
    problemsOf(() => {}),
    [],
  )
})

test('parseRewardCatalogue refuses points wherever driving counts', () => {
  const found = problemsOf(({ achievements, challenges }) => {
    for (const achievement of achievements) achievement.points = 5
    for (const challenge of challenges) challenge.points = 5
  })
  assert.deepEqual(found, [
    'achievements "ten-clean-trips": no points where driving counts ("clean_trips")',
    'achievements "phone-away-30": no points where driving counts ("phone_free_driving_days")',
    'achievements "four-clean-weeks": no points where driving counts ("clean_weeks")',
    'challenges "hundred-smooth-km": no points where kilometres count',
  ])
})

test('parseRewardCatalogue lists every problem at once', () => {
  const found = problemsOf((catalogue) => {
    catalogue.improvement.pointsPerDay = 8
    catalogue.day.cleanFactor.kinds.push('crash')
    catalogue.day.calmFactor.grade = 'B' as 'A'
    catalogue.boards[0]!.leastDrivers = 2
    catalogue.jurisdictions[0]!.kinds.push('premium_credit')
    catalogue.plans['fairmile-1'] = 'nowhere'
    catalogue.offers[1]!.id = catalogue.offers[0]!.id
    catalogue.offers[0]!.titles = { german: 'Eine Spende' }
  })
  assert.equal(found.length, 8)
  assert.match(found.join('\n'), /titles by languages of two letters, not "german"/)
  assert.match(found.join('\n'), /never "crash"/)
  assert.match(found.join('\n'), /there is no jurisdiction "nowhere"/)
})

test('parseRewardCatalogue says what is missing of an empty one', () => {
  assert.throws(() => parseRewardCatalogue('{}'), /day\.cleanPoints.*offers: a list.*otherPlans/)
})
