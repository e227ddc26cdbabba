import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { WhatIf } from '@fairmile/contract/http/what-if.ts'
import { sampleEvents } from '../../demos/samples/trips.ts'
import { inScore, withoutWords } from './without-events-words.ts'

const [brake] = sampleEvents
const score = (safetyScore: number) => ({
  ...{ risk: 100 - safetyScore, safetyScore, interval: { low: 0, high: 100 }, relativity: 1 },
})
const price = { policyId: 'POL-1', planId: 'fairmile-1', currency: 'EUR', lowMinor: 1, highMinor: 2 }
const answer = {
  before: score(71),
  after: score(73.2),
  difference: { risk: -2.2, low: -3.4, high: -0.5 },
  price: { ...price, beforeMinor: 1457, afterMinor: 1405 },
} as WhatIf

describe('without-events words', () => {
  it('inScore leaves out what is in neither score nor price', () => {
    const changes = [
      ...[{}, { band: 'coach' }, { band: 'log' }, { grade: 'B' }, { kind: 'crash' }],
      ...[{ contest: 'open' }, { contest: 'upheld' }, { contest: 'rejected' }],
      ...(['coach', 'log', null] as const).map((band) => ({ trueLimit: { limitKmh: 60, band } })),
    ] as const
    const events = changes.map((change, n) => ({ ...brake!, ...change, id: String(n) }))
    assert.deepEqual(
      inScore(events).map(({ id }) => id),
      ['0', '1', '7', '8'],
    )
  })

  it('withoutWords say what would be, with its range, and what cannot be told', () => {
    assert.deepEqual(withoutWords(answer), [
      'Your safety score would be 73 instead of 71: +2.2, between +0.5 and +3.4.',
      'A month would cost €14.05 instead of €14.57.',
    ])
    assert.match(withoutWords({ ...answer, price: { ...price, beforeMinor: 1, afterMinor: 1 } })[1]!, /as it does/)
    const none = withoutWords({ ...answer, before: null, after: null, difference: null, price: null } as WhatIf)
    assert.match(none[0]!, /neither a score nor a price/)
  })
})
