import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Band, EventKind, Grade } from '@fairmile/contract/driving-event.ts'
import { sampleContest, sampleUpheld } from '../../demos/samples/contests.ts'
import {
  calibrationWords,
  contestNote,
  givenBackWords,
  lastDay,
  saidWords,
  standing,
  versionWords,
} from './contest-words.ts'
import { when } from './dates.ts'

const now = Date.parse('2026-03-31T12:00:00Z')
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('contest words', () => {
  it('standing says how it is, and until when somebody rules', () => {
    const ruleBy = new Date(2026, 3, 15).toISOString()
    assert.match(standing({ ...sampleContest, ruleBy }, now), /^The event counts for nothing\. .* end of 14 April;/)
    const settled = (state: 'upheld' | 'rejected', settledAt: string) =>
      standing({ ...sampleContest, state, settledAt }, now)
    assert.equal(settled('upheld', '2026-03-20T12:00:00Z'), 'Upheld on 20 March: the event does not count.')
    const limit = { limitKmh: 60, radiusM: 100, from: null, until: null }
    const rulings = sampleUpheld.rulings.map((ruling) => ({ ...ruling, limit }))
    assert.match(
      plain(standing({ ...sampleUpheld, rulings }, now)),
      /: the event is judged by the true limit, 60 km\/h\.$/,
    )
    assert.equal(settled('rejected', '2026-03-30T12:00:00Z'), 'Rejected yesterday: the event counts.')
  })

  it('contestNote says of what counts for nothing anyway that a contest changes no price', () => {
    const note = (kind: EventKind, band: Band, grade: Grade) => contestNote({ kind, band, grade })
    assert.match(note('harsh_braking', 'log', 'A'), /^It counts for nothing as it is/)
    assert.match(note('harsh_braking', 'count', 'B'), /^It counts for nothing as it is/)
    assert.match(note('harsh_braking', 'coach', 'A'), /^From now on/)
    assert.match(note('speeding', 'log', 'A'), /^From now on/)
  })

  it('lastDay is the day at whose end a limit ends', () => {
    assert.equal(lastDay(new Date(2026, 3, 1).toISOString(), new Date(2026, 2, 31, 9).getTime()), 'today')
  })

  it('calibration is told as the bound that is known', () => {
    assert.equal(plain(calibrationWords({ state: 'within', maxSigmaG: 0.02 })), 'typically right to 0.02 g')
    assert.match(calibrationWords({ state: 'unknown', maxSigmaG: 0.02 }), /not known/)
  })

  it('a version is a safety score and a premium of a moment, or not there', () => {
    const calculatedAt = '2026-03-31T12:00:00Z'
    const score = { version: 1, risk: 27.2, calculatedAt }
    const premium = { version: 1, premiumMinor: 2580, currency: 'EUR', receiptId: 'RCP-1', calculatedAt }
    const at = when(calculatedAt, now)
    assert.deepEqual(versionWords({ score, premium }, now), { score: '73', premium: '€25.80', at })
    assert.equal(versionWords({ score: { ...score, risk: null }, premium }, now).score, 'not scored')
    assert.deepEqual(versionWords(null, now), { score: '–', premium: '–', at: 'not yet' })
  })

  it('what came back is told beside what the event costs', () => {
    const effect = {
      premiumMinor: 52,
      currency: 'EUR',
      risk: 1,
      without: { premiumMinor: 1405, risk: 64 },
      needsSecond: false,
    }
    const told = [null, 0, 52].map((givenBackMinor) => givenBackWords({ effect, givenBackMinor }))
    assert.match(told[0]!, /^Without the event the term so far costs €0\.52 less\.$/)
    assert.match(told[1]!, /Nothing had been billed/)
    assert.match(told[2]!, /Given back of what had been billed: €0\.52\.$/)
    assert.match(givenBackWords({ effect: { ...effect, premiumMinor: 0 }, givenBackMinor: 0 }), /changes nothing/)
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
