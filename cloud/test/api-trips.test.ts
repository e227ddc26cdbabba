import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DrivingEventDetail, DrivingEventList } from '@fairmile/contract/http/events.ts'
import { DrivingEventDetail as DetailSchema } from '@fairmile/contract/http/events.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { Trip, TripPath } from '@fairmile/contract/http/trips.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'
import { driveRecords, storeDrives, tripStart } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`trips on ${engine.name}`, async () => {
    const database = await engine.open()
    const device = await addDevice(database.db)
    const tripLane = laneOf(device, 'trips')
    await storeDrives(
      database,
      tripLane,
      [1, 2, 3].map((n) => driveRecords(n)),
    )
    const { ingest } = startIngest(database)
    const telematics = laneOf(device, 'telematics')
    for (let n = 0; n < 2; n++) await ingest.take(telematics.sealEvents(601, { fromMs: tripStart(1) }).message)
    await ingest.stop()
    const { app, sessions } = createTestApp(database.db)
    const { token } = await sessions.issue(await addUser(database.db, 'driver@example.org', device.driverId))
    const get = async (path: string): Promise<unknown> => (await caller(app, token)('GET', path)).body

    it('are listed with the newest first, page by page', async () => {
      const base = `/api/v1/drivers/${device.driverId}/trips?limit=2`
      const first = (await get(base)) as Page<Trip>
      const second = (await get(`${base}&cursor=${first.nextCursor}`)) as Page<Trip>
      const ids = [...first.items, ...second.items].map(({ id }) => id)
      assert.deepEqual(ids, ['TRP-000000000003', 'TRP-000000000002', 'TRP-000000000001'])
      assert.equal(second.nextCursor, null)
    })

    it('say what was driven, as the car added it up', async () => {
      const trip = Trip.parse(await get('/api/v1/trips/TRP-000000000001'))
      assert.deepEqual(
        [trip.startAt, trip.endReason, trip.distanceM, trip.meanLiveRisk],
        ['2026-06-01T12:00:00.000Z', 'ignition_off', 60_000, 10],
      )
      assert.deepEqual(trip.events, [{ kind: 'harsh_braking', band: 'coach', grade: 'A', count: 1 }])
    })

    it('count the events stored so far while they run', async () => {
      await storeDrives(database, tripLane, [driveRecords(4).slice(0, 2)])
      const trip = Trip.parse(await get('/api/v1/trips/TRP-000000000004'))
      assert.deepEqual([trip.endAt, trip.distanceM], [null, null])
      assert.deepEqual(trip.events, [{ kind: 'harsh_braking', band: 'coach', grade: 'A', count: 1 }])
      const { items } = (await get(`/api/v1/drivers/${device.driverId}/trips`)) as Page<Trip>
      assert.deepEqual(items[0], trip)
    })

    it('have a path of at most 500 points that keeps the extremes and the first position', async () => {
      const { points } = TripPath.parse(await get('/api/v1/trips/TRP-000000000001/path'))
      assert.equal(points.length, 401)
      const [first] = points
      assert.deepEqual(first, {
        tS: 1,
        lat: 49.0101,
        lon: 12.1,
        speedMps: 12.34,
        aLong: 0.31,
        aLat: null,
        risk: 12.5,
        limitKmh: null,
      })
      assert.ok(points.every(({ tS }, i) => tS === 1 + i * 3))
    })

    it('without telematics have an empty path', async () => {
      assert.deepEqual(await get('/api/v1/trips/TRP-000000000003/path'), { tripId: 'TRP-000000000003', points: [] })
    })

    it('have their events, each with its trace when asked alone', async () => {
      const { items } = (await get('/api/v1/trips/TRP-000000000002/events')) as DrivingEventList
      assert.deepEqual(
        items.map(({ id, peak, grade }) => ({ id, peak, grade })),
        [{ id: 'EVT-000000000002', peak: 4.2, grade: 'A' }],
      )
      assert.ok(items[0] && !('trace' in items[0]))
      const event: DrivingEventDetail = DetailSchema.parse(await get('/api/v1/events/EVT-000000000002'))
      assert.deepEqual(event.trace?.aLong, [-4, null])
    })
  })
}
