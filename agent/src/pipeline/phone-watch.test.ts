import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { syntheticDrive } from '../motion/synthetic-drive.ts'
import { createPipeline } from '../pipeline.ts'

const mount = { rollDeg: 0, pitchDeg: 0, yawDeg: 90 }
const drive = syntheticDrive({ seconds: 180, imuHz: 50, fixHz: 1, lagMs: 0, mount })

/** A drive whose phone is paired from second 20 on, is in use from 40 to 60, and is last heard at `lastS`. */
const withPhone = async (lastS: number) => {
  const events: DrivingEvent[] = []
  const trips: TripRecord[] = []
  let seq = 1
  const pipeline = createPipeline({
    device: 'DEV-1',
    boot: 7,
    thresholds,
    scorer: null,
    timeZone: 'UTC',
    nextSeq: () => seq,
    wallMs: () => 0,
    mount,
    output: {
      telematics: () => void seq++,
      event: (event) => void events.push(event),
      trip: (trip) => void trips.push(trip),
    },
  })
  let next = 0
  for (const fix of drive.fixes) {
    const tS = fix.tMs / 1000
    if (tS >= 20 && tS <= lastS) {
      const handling = tS >= 40 && tS < 60
      pipeline.phone({ tMs: fix.tMs, connected: true, handling, screenOn: handling, call: 'none' })
    }
    while (next < drive.imu.length && drive.imu[next]!.tMs <= fix.tMs) pipeline.imu(drive.imu[next++]!)
    pipeline.fix(fix)
  }
  await pipeline.end('recording_end')
  return { uses: events.filter(({ kind }) => kind === 'phone_use'), statistics: trips[0]!.statistics }
}

test('createPhoneWatch has phone use judged, at grade C, and its seconds counted', async () => {
  const { uses, statistics } = await withPhone(180)
  assert.deepEqual(
    uses.map(({ band, grade }) => [band, grade]),
    [['count', 'C']],
  )
  assert.ok(statistics.phoneS > 15 && statistics.phoneS <= 20.2, `${statistics.phoneS}`)
  assert.ok(statistics.phoneKnownS > 100)
})

test('createPhoneWatch forgets a phone that fell silent: what it does is unknown from then on', async () => {
  const { uses, statistics } = await withPhone(44)
  assert.equal(uses.length, 1)
  // Heard from 20 to 44 s, and believed for 15 s more.
  assert.ok(statistics.phoneKnownS > 25 && statistics.phoneKnownS < 39.2, `${statistics.phoneKnownS}`)
})
