import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleEvents } from '../../demos/samples/trips.ts'
import { type LiveAlert, mergeAlerts } from './merge-alerts.ts'

const [brake, corner] = sampleEvents as [(typeof sampleEvents)[0], (typeof sampleEvents)[0]]
const alert = (eventId: string, at: number, tripId = brake.tripId): LiveAlert => ({
  eventId,
  tripId,
  at,
  kind: 'harsh_braking',
  band: 'coach',
  value: 4,
})
const ids = (alerts: LiveAlert[]) => alerts.map(({ eventId }) => eventId)

describe('mergeAlerts', () => {
  it('adds the stored events newest first, each event once', () => {
    const told = alert(corner.id, Date.parse(corner.startAt) + 800)
    const merged = mergeAlerts([told], brake.tripId, sampleEvents)
    assert.deepEqual(ids(merged), [corner.id, brake.id])
    assert.equal(merged[0], told)
    assert.equal(merged[1]?.value, brake.peak)
  })

  it('leaves out what was only noted, and keeps earlier trips behind', () => {
    const earlier = alert('EVT-0', Number.MAX_SAFE_INTEGER, 'TRP-0')
    assert.deepEqual(ids(mergeAlerts([earlier], brake.tripId, [{ ...brake, band: 'log' }, corner])), [
      corner.id,
      'EVT-0',
    ])
  })
})
