import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleContest } from '../../demos/samples/contests.ts'
import { calibrationWords, contestWeight, lastDay, saidWords, standing, versionWords } from './contest-words.ts'

const now = Date.parse('2026-03-31T12:00:00Z')
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('contest words', () => {
  it('standing says how it is, and until when somebody rules', () => {
    const ruleBy = new Date(2026, 3, 15).toISOString()
    assert.match(standing({ ...sampleContest, ruleBy }, now), /^The event counts for nothing\. .* end of 14 April;/)
    const settled = (state: 'upheld' | 'rejected', settledAt: string) =>
      standing({ ...sampleContest, state, settledAt }, now)
    assert.equal(settled('upheld', '2026-03-20T12:00:00Z'), 'Upheld on 20 March: the event does not count.')
    assert.equal(settled('rejected', '2026-03-30T12:00:00Z'), 'Rejected yesterday: the event counts.')
  })

  it('lastDay is the day at whose end a limit ends', () => {
    assert.equal(lastDay(new Date(2026, 3, 1).toISOString(), new Date(2026, 2, 31, 9).getTime()), 'today')
  })

  it('calibration is told as the bound that is known', () => {
    assert.equal(plain(calibrationWords({ state: 'within', maxSigmaG: 0.02 })), 'accelerations within 0.02 g (1 σ)')
    assert.match(calibrationWords({ state: 'unknown', maxSigmaG: 0.02 }), /not known/)
  })

  it('weight of an event is that of its contest', () => {
    const settled = (state: 'upheld' | 'rejected') =>
      contestWeight({ ...sampleContest, state, settledAt: '2026-03-30T12:00:00Z' })
    assert.deepEqual(
      [contestWeight(sampleContest), settled('upheld'), settled('rejected'), contestWeight(null)],
      ['contested, counts for nothing', 'does not count: contest upheld', null, null],
    )
  })

  it('a version is a safety score and a premium, or not there', () => {
    const score = { version: 1, risk: 27.2, calculatedAt: '2026-03-31T12:00:00Z' }
    const premium = { version: 1, premiumMinor: 2580, currency: 'EUR', receiptId: 'RCP-1', calculatedAt: '' }
    assert.deepEqual(versionWords({ score, premium }), { score: '73', premium: '€25.80' })
    assert.deepEqual(versionWords(null), { score: '–', premium: '–' })
  })
})

it('what a word corrects and whom it names is said, for a second examiner to say the same', () => {
  const limit = { limitKmh: 70, radiusM: 150, from: '2026-01-01T00:00:00.000Z', until: null }
  assert.deepEqual(saidWords({ limit, drivenBy: 'DRV-2' }), [
    'The true limit is 70\u00a0km/h, within 150\u00a0m, from 2026-01-01T00:00:00.000Z.',
    'DRV-2 drove.',
  ])
  assert.deepEqual(saidWords({ limit: null, drivenBy: null }), [])
})
