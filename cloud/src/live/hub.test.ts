import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LiveMessage } from '@fairmile/contract/live.ts'
import { createLocalFanOut } from './fan-out.ts'
import { createHub } from './hub.ts'

const score = (driverId: string): LiveMessage => ({
  type: 'risk_score_update',
  driverId,
  at: 1,
  risk: 40,
  intervalHalfWidth: 5,
  tripId: null,
})

test('LiveHub.publish reaches the driver and those who see all, and nobody else', () => {
  const hub = createHub({ fanOut: createLocalFanOut() })
  const heard: string[] = []
  hub.subscribe('DRV-0001', () => heard.push('first'))
  hub.subscribe('DRV-0002', () => heard.push('second'))
  hub.subscribe(null, () => heard.push('admin'))
  hub.publish(score('DRV-0001'))
  assert.deepEqual(heard, ['first', 'admin'])
})

test('LiveHub.publish brings an alert of nobody to those who see all, once, and to no driver', () => {
  const hub = createHub({ fanOut: createLocalFanOut() })
  const heard: string[] = []
  hub.subscribe('DRV-0001', () => heard.push('driver'))
  hub.subscribe(null, () => heard.push('admin'))
  const crash = { kind: 'crash', band: 'count', at: 1, value: 55, eventId: 'EVT-1', tripId: 'TRP-1' } as const
  hub.publish({ type: 'safety_alert', driverId: null, deviceId: 'DEV-1', ...crash })
  assert.deepEqual(heard, ['admin'])
})

test('LiveHub.subscribe ends when its function is called, twice is fine', () => {
  const hub = createHub({ fanOut: createLocalFanOut() })
  let heard = 0
  const end = hub.subscribe('DRV-0001', () => heard++)
  end()
  end()
  hub.publish(score('DRV-0001'))
  assert.equal(heard, 0)
})
