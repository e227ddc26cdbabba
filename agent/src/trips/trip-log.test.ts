import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Alert } from '@fairmile/contract/records.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { motionExample } from '@fairmile/models/motion-example.ts'
import { createTripLog } from './trip-log.ts'

test('createTripLog tells of hard driving at once, also before the start of the trip is sure', () => {
  const told: string[] = []
  const alerts: Alert[] = []
  const trips = createTripLog({
    device: 'DEV-1',
    boot: 7,
    thresholds,
    timeZone: 'UTC',
    nextSeq: () => 1,
    output: {
      tripStarted: ({ tripId }) => void told.push(`started ${tripId}`),
      alert(alert) {
        alerts.push(alert)
        told.push(`${alert.band} ${alert.tripId}`)
      },
      event: ({ kind, tripId }) => void told.push(`${kind} ${tripId}`),
    },
  })
  // Moves off at 5 m/s² for two seconds, then goes on for a minute.
  let speedMps = 0
  for (let tMs = 0; tMs < 60_000; tMs += 100) {
    const aLong = tMs >= 2000 && tMs < 4000 ? 5 : 0
    speedMps += aLong * 0.1
    const { atMs } = motionExample()
    trips.push(motionExample({ tMs, atMs: atMs + tMs, speedMps, aLong }), null, Number.NaN)
  }
  const id = trips.tripId
  assert.notEqual(id, null)
  assert.deepEqual(told, [`coach ${id}`, `count ${id}`, `started ${id}`, `harsh_acceleration ${id}`])
  assert.ok((alerts[0]?.at ?? 0) - motionExample().atMs < 4100)
})
