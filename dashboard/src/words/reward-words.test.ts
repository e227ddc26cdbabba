import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noRewards, sampleRewardEntries, sampleRewards } from '../../demos/samples/rewards.ts'
import { challengeWords, entryWords, refusalWords, signedPoints, streakWords } from './reward-words.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

test('challengeWords say how a challenge stands', () => {
  const [running, missed, open] = sampleRewards.challenges
  assert.equal(plain(challengeWords(running!)), 'Day 9 of 14')
  assert.equal(plain(challengeWords(missed!)), 'Ended by an event after 4 days')
  assert.equal(plain(challengeWords({ ...missed!, state: 'running' })), 'Day 4 of 14 or 42.0 of 100 km')
  assert.equal(plain(challengeWords({ ...missed!, state: 'open' })), '14 days or 100 km')
  assert.equal(plain(challengeWords(open!)), '30 days')
})

test('entryWords say what points moved for', () => {
  const now = Date.UTC(2026, 10, 29)
  assert.deepEqual(
    sampleRewardEntries.map((entry) => entryWords(entry, sampleRewards, now)),
    [
      'Week of 16 November',
      'Week of 9 November, set right',
      'Redeemed',
      'First calm week',
      'The box was changed on two days.',
    ],
  )
})

test('streakWords, signedPoints and refusalWords', () => {
  assert.match(streakWords(sampleRewards.streak), /^Paused/)
  assert.match(streakWords(noRewards.streak), /begins one/)
  assert.deepEqual([signedPoints(20), signedPoints(-600)], ['+20', '−600'])
  assert.match(refusalWords.over_the_year, /this year/)
})
