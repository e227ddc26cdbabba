import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CrashRecord } from '@fairmile/contract/crash.ts'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import { DrivingEventDetail } from '@fairmile/contract/http/events.ts'
import type { Alert } from '@fairmile/contract/records.ts'
import { eq } from 'drizzle-orm'
import { deadLetters } from '../src/db/schema/devices.ts'
import { policies } from '../src/db/schema/people.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest, testNowMs } from './ingest-rig.ts'

const at = testNowMs - 60_000
const ids = { eventId: 'EVT-CRASH0000001', tripId: 'TRP-000000000009' }
const alarm: Alert = { ...ids, kind: 'crash', band: 'count', at, value: 55, speedMps: 14, lat: 49.01, lon: 12.1 }
const rows = (count: number, stepMs: number) => Array.from({ length: count }, (_, n) => n * stepMs)

/** A stretch of 20 s at 100 Hz. */
const stretch = (fromMs: number, deltaVMps: number): CrashRecord => {
  const offsetMs = rows(2000, 10)
  const flat = (value: number) => offsetMs.map(() => value)
  return {
    ...{
      ...ids,
      at,
      deltaVMps,
      directionDeg: 320,
      peakMps2: 98,
      rolledOver: false,
      saturated: false,
      rateHz: 100,
      fromMs,
    },
    imu: {
      offsetMs,
      ax: flat(0.5),
      ay: flat(-0.25),
      az: flat(9.8),
      gx: flat(0),
      gy: flat(0),
      gz: offsetMs.map(() => null),
    },
  }
}

const judged: DrivingEvent = {
  ...{ id: ids.eventId, tripId: ids.tripId, kind: 'crash', startAt: at, endAt: at + 100, peak: 98, band: 'count' },
  ...{ grade: 'A', gradeReasons: [], lat: 49.01, lon: 12.1, startSpeedMps: 14, endSpeedMps: 9, limitKmh: null },
  trace: { offsetMs: [0], speedMps: [14], aLong: [-1], aLat: [0], lat: [49.01], lon: [12.1] },
}

for (const engine of engines()) {
  describe(`crashes on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const device = await addDevice(db)
    const urgent = laneOf(device, 'urgent')
    const { app, sessions } = createTestApp(db)
    const { token } = await sessions.issue(await addUser(db, 'driver@example.org', device.driverId))
    const get = async () =>
      DrivingEventDetail.parse((await caller(app, token)('GET', `/api/v1/events/${ids.eventId}`)).body)

    it('are events by their alarm alone, told at once, where the car has no power left for more', async () => {
      const { ingest, live } = startIngest(database)
      await ingest.take(urgent.seal([{ type: 'alert', alert: alarm }]).message)
      await ingest.stop()
      assert.deepEqual(
        live.map((message) => message.type === 'safety_alert' && [message.kind, message.value, message.eventId]),
        [['crash', 55, ids.eventId]],
      )
      const event = await get()
      assert.deepEqual([event.kind, event.grade, event.gradeReasons], ['crash', 'C', ['alarm_alone']])
      assert.deepEqual([event.peak, event.trace, event.crash], [55, null, null])
    })

    it('show what the box felt, five seconds on both sides, and the newest of what was known', async () => {
      const { ingest } = startIngest(database)
      await ingest.take(urgent.seal([{ type: 'crash', crash: stretch(-20_000, 3) }]).message)
      await ingest.take(urgent.seal([{ type: 'crash', crash: stretch(0, 6.4) }]).message)
      await ingest.stop()
      const { crash } = await get()
      assert.deepEqual([crash?.deltaVMps, crash?.directionDeg, crash?.saturated], [6.4, 320, false])
      assert.equal(crash?.felt.offsetMs.length, 1001)
      assert.deepEqual([crash?.felt.offsetMs[0], crash?.felt.offsetMs.at(-1), crash?.felt.ax[0]], [-5000, 5000, 0.5])
    })

    it('are judged by the car where it still can, and a late or repeated alarm changes nothing then', async () => {
      const { ingest } = startIngest(database)
      await ingest.take(laneOf(device, 'trips').seal([{ type: 'event', event: judged }]).message)
      await ingest.take(urgent.seal([{ type: 'alert', alert: alarm }]).message)
      await ingest.stop()
      const event = await get()
      assert.deepEqual([event.grade, event.peak, event.trace?.offsetMs], ['A', 98, [0]])
    })

    it('of a car that no policy covers are told too, to those who see all', async () => {
      const uninsured = await addDevice(db, 3)
      await db.delete(policies).where(eq(policies.id, uninsured.policyId))
      const { ingest, live } = startIngest(database)
      const own = { ...alarm, eventId: 'EVT-CRASH0000003', tripId: 'TRP-000000000003' }
      await ingest.take(laneOf(uninsured, 'urgent').seal([{ type: 'alert', alert: own }]).message)
      await ingest.stop()
      assert.deepEqual(
        live.map((message) => message.type === 'safety_alert' && [message.driverId, message.deviceId, message.eventId]),
        [[null, uninsured.id, own.eventId]],
      )
    })

    it('of another device are not taken over', async () => {
      const thief = await addDevice(db, 2)
      const { ingest } = startIngest(database)
      await ingest.take(laneOf(thief, 'urgent').seal([{ type: 'crash', crash: stretch(0, 40) }]).message)
      await ingest.stop()
      assert.equal((await get()).crash?.deltaVMps, 6.4)
      const letters = await db.select().from(deadLetters).where(eq(deadLetters.deviceId, thief.id))
      assert.deepEqual(
        letters.map(({ reason }) => reason),
        ['foreign'],
      )
    })
  })
}
