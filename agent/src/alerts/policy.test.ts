import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Alert } from '@fairmile/contract/records.ts'
import { chimeRules, createAlertPolicy } from './policy.ts'

const alert = (tripId: string, speedMps: number | null = 14): Alert => ({
  eventId: 'EVT-1',
  tripId,
  kind: 'harsh_braking',
  band: 'coach',
  at: 0,
  value: 4.2,
  speedMps,
  lat: null,
  lon: null,
})

const begin = () => {
  let nowMs = 0
  const chimes: boolean[] = []
  const policy = createAlertPolicy({ monotonicMs: () => nowMs, sinks: [(_, chime) => chimes.push(chime)] })
  return {
    chimes,
    policy,
    tell(atMs: number, ...args: Parameters<typeof alert>) {
      nowMs = atMs
      policy.tell(alert(...args))
    },
  }
}

describe('createAlertPolicy', () => {
  it('chimes once a minute', () => {
    const { tell, chimes, policy } = begin()
    for (const atMs of [0, 30_000, 59_999, 60_000]) tell(atMs, 'TRP-1')
    assert.deepEqual(chimes, [true, false, false, true])
    assert.equal(policy.muted, 2)
  })

  it('chimes three times a trip and again in the next', () => {
    const { tell, chimes } = begin()
    for (let i = 0; i < 5; i++) tell(i * chimeRules.everyMs, 'TRP-1')
    tell(5 * chimeRules.everyMs, 'TRP-2')
    assert.deepEqual(chimes, [true, true, true, false, false, true])
  })

  it('does not chime below 10 km/h, and does where the speed is unknown', () => {
    const { tell, chimes } = begin()
    tell(0, 'TRP-1', 2.7)
    tell(0, 'TRP-1', null)
    assert.deepEqual(chimes, [false, true])
  })
})
