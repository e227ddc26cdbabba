import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { Alert } from '@fairmile/contract/records.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { syntheticDrive } from '../motion/synthetic-drive.ts'
import { createPipeline } from '../pipeline.ts'
import type { Fix } from '../sensors.ts'

const mount = { rollDeg: 0, pitchDeg: 0, yawDeg: 90 }
const drive = syntheticDrive({ seconds: 300, imuHz: 50, fixHz: 1, lagMs: 0, mount })
const pulled = { reason: 'power_pulled' as const, tMs: Number.NaN, atMs: 5000, value: 0 }
const nowhere = { lat: Number.NaN, lon: Number.NaN, speedMps: Number.NaN }

const run = async (change: (fix: Fix) => Fix) => {
  const events: DrivingEvent[] = []
  const alerts: Alert[] = []
  const trips: TripRecord[] = []
  const pipeline = createPipeline({
    device: 'DEV-1',
    boot: 7,
    thresholds,
    scorer: null,
    timeZone: 'UTC',
    nextSeq: () => 1,
    wallMs: () => 0,
    mount,
    tampers: [{ ...pulled, ...nowhere }],
    output: {
      event: (event) => void (event.kind === 'tamper' && events.push(event)),
      alert: (alert) => void (alert.kind === 'tamper' && alerts.push(alert)),
      trip: (trip) => trips.push(trip),
    },
  })
  let next = 0
  for (const fix of drive.fixes) {
    while (next < drive.imu.length && drive.imu[next]!.tMs <= fix.tMs) pipeline.imu(drive.imu[next++]!)
    pipeline.fix(change(fix))
  }
  await pipeline.end('recording_end')
  return { events, alerts, trips }
}

test('a pulled plug is told of when the next trip begins, as it was then, at grade C', async () => {
  const { events, alerts, trips } = await run((fix) => fix)
  const [event] = events
  assert.equal(events.length, 1)
  const { kind, band, grade, gradeReasons, startAt, tripId, trace } = event!
  assert.deepEqual([kind, band, grade, gradeReasons, startAt], ['tamper', 'coach', 'C', ['power_pulled'], 5000])
  assert.deepEqual([tripId, trace], [trips[0]?.id, null])
  assert.deepEqual([alerts.length, alerts[0]?.eventId], [1, event?.id])
  assert.deepEqual(trips[0]?.statistics.events.filter((count) => count.kind === 'tamper')[0]?.count, 1)
})

test('createTamperWatch tells once a trip of a receiver that has told of another drive for half a minute', async () => {
  const { events } = await run((fix) => {
    const other = drive.fixes[Math.round(fix.tMs / 1000) - 105]
    return other === undefined || fix.tMs < 120_000
      ? fix
      : { ...fix, speedMps: other.speedMps, courseDeg: other.courseDeg }
  })
  assert.deepEqual(
    events.map(({ gradeReasons }) => gradeReasons[0]),
    ['power_pulled', 'sensors_apart'],
  )
  assert.ok(events[1]!.startAt >= 150_000)
})
