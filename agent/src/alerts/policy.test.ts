import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Alert } from '@fairmile/contract/records.ts'
import { chimeRules, createAlertPolicy, type Sound } from './policy.ts'

const brake: Alert = {
  eventId: 'EVT-1',
  tripId: 'TRP-1',
  kind: 'harsh_braking',
  band: 'coach',
  at: 0,
  value: 4.2,
  speedMps: 14,
  lat: null,
  lon: null,
}

const begin = () => {
  let nowMs = 0
  const sounds: Sound[] = []
  const policy = createAlertPolicy({ monotonicMs: () => nowMs, sinks: [(_, sound) => sounds.push(sound)] })
  return {
    sounds,
    policy,
    tell(atMs: number, alert: Partial<Alert> = {}) {
      nowMs = atMs
      policy.tell({ ...brake, ...alert })
    },
  }
}

describe('createAlertPolicy', () => {
  it('chimes once a minute, and shows what is not heard', () => {
    const { tell, sounds, policy } = begin()
    for (const atMs of [0, 30_000, 59_999, 60_000]) tell(atMs)
    assert.deepEqual(sounds, ['chime', 'none', 'none', 'chime'])
    assert.equal(policy.muted, 2)
  })

  it('chimes three times a trip and again in the next', () => {
    const { tell, sounds } = begin()
    for (let i = 0; i < 5; i++) tell(i * chimeRules.everyMs)
    tell(5 * chimeRules.everyMs, { tripId: 'TRP-2' })
    assert.deepEqual(sounds, ['chime', 'chime', 'chime', 'none', 'none', 'chime'])
  })

  it('does not chime below 10 km/h, and does where the speed is unknown', () => {
    const { tell, sounds } = begin()
    tell(0, { speedMps: 2.7 })
    tell(0, { speedMps: null })
    assert.deepEqual(sounds, ['none', 'chime'])
  })

  it('alarms at a crash and at a moved box whatever was heard before and however slow, once an event', () => {
    const { tell, sounds } = begin()
    tell(0)
    tell(1, { kind: 'crash', eventId: 'EVT-2', speedMps: 0 })
    tell(2, { kind: 'crash', eventId: 'EVT-2', band: 'count' })
    tell(3, { kind: 'tamper', eventId: 'EVT-3' })
    assert.deepEqual(sounds, ['chime', 'alarm', 'none', 'alarm'])
  })

  it('takes nothing of the chimes for an alarm', () => {
    const { tell, sounds } = begin()
    tell(0, { kind: 'crash', eventId: 'EVT-2' })
    tell(1)
    assert.deepEqual(sounds, ['alarm', 'chime'])
  })
})
