import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { LiveState } from '@fairmile/contract/live.ts'
import type { Alert, TripsRecord } from '@fairmile/contract/records.ts'
import { streams } from '@fairmile/contract/topics.ts'
import { accelerationBinsG, jerkBinsMps3, speedBinsKmh, type TripRecord } from '@fairmile/contract/trip.ts'
import { and, eq, getTableColumns } from 'drizzle-orm'
import { deadLetters } from '../src/db/schema/devices.ts'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { drivingEvents, trips } from '../src/db/schema/trips.ts'
import { listTripEvents } from '../src/trips/event-queries.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest, testNowMs } from './ingest-rig.ts'

const startAt = testNowMs - 3_600_000
const zeros = (length: number) => new Array<number>(length).fill(0)

const started = (tripId: string): TripsRecord => ({ type: 'trip_started', tripId, startAt, lat: 49.01, lon: 12.1 })

function tripOf(id: string, change: Partial<TripRecord> = {}): TripRecord {
  return {
    id,
    startAt,
    endAt: startAt + 600_000,
    endReason: 'still',
    startLat: 49.01,
    startLon: 12.1,
    endLat: 49.05,
    endLon: null,
    firstSeq: 1,
    lastSeq: 600,
    thresholdsHash: 'ab12',
    statistics: {
      ...{ distanceM: 4321.0123, gradableM: 4000, durationS: 600, movingS: 540, idleS: 60, stops: 2 },
      ...{
        speedMaxMps: 17.5,
        speedSum: 4321.01,
        speedSquareSum: 50_000.25,
        speedHistS: zeros(speedBinsKmh.length + 1),
      },
      ...{ imuS: 540, aLongHistS: zeros(accelerationBinsG.length + 1), aLatHistS: zeros(accelerationBinsG.length + 1) },
      ...{ aLongSquareSum: 12.5, aLatSquareSum: 9.25, jerkHistS: zeros(jerkBinsMps3.length + 1), jerkSquareSum: 3.5 },
      ...{ hourHistS: zeros(24), weekendS: 0, limitKnownS: 0, overLimitS: [0, 0, 0], phoneS: 0, phoneKnownS: 0 },
      ...{ riskSum: 6000, riskS: 540, events: [{ kind: 'harsh_braking', band: 'count', grade: 'A', count: 1 }] },
    },
    ...change,
  }
}

const eventOf = (id: string, tripId: string): DrivingEvent => ({
  ...{ id, tripId, kind: 'harsh_braking', startAt: startAt + 60_000, endAt: startAt + 61_000, peak: -5.25 },
  ...{ band: 'count', grade: 'B', gradeReasons: ['hdop', 'a "quoted", reason'], lat: 49.02, lon: null },
  ...{ startSpeedMps: 14.5, endSpeedMps: 3.25, limitKmh: null },
  trace: {
    offsetMs: [0, 100],
    speedMps: [14.5, null],
    aLong: [-1, -5.25],
    aLat: [0, 0],
    lat: [49.02, 49.02],
    lon: [null, null],
  },
})

for (const engine of engines()) {
  describe(`trips on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    let devices = 0
    const newDevice = () => addDevice(db, ++devices)
    const eventsOf = (type: string, subject: string) =>
      db
        .select({ data: domainEvents.data })
        .from(domainEvents)
        .where(and(eq(domainEvents.type, type), eq(domainEvents.subject, subject)))

    it('stores start, event and end of a trip, whose driver the policy names, and records TripCompleted once', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'trips')
      const { ingest } = startIngest(database)
      const begun = lane.seal([started('TRP-A')])
      const ended = lane.seal([
        { type: 'event', event: eventOf('EVT-A', 'TRP-A') },
        { type: 'trip', trip: tripOf('TRP-A') },
      ])
      for (const { message } of [begun, ended, ended]) await ingest.take(message)
      await ingest.stop()

      const [trip] = await db.select().from(trips).where(eq(trips.id, 'TRP-A'))
      const { id, driverId, policyId, vehicleId } = device
      assert.deepEqual(
        [trip?.deviceId, trip?.driverId, trip?.policyId, trip?.vehicleId, trip?.endReason, trip?.lastSeq],
        [id, driverId, policyId, vehicleId, 'still', 600],
      )
      assert.deepEqual(trip?.statistics, tripOf('TRP-A').statistics)
      const { toldAt: _now, ...columns } = getTableColumns(drivingEvents)
      const [event] = await db.select(columns).from(drivingEvents).where(eq(drivingEvents.id, 'EVT-A'))
      const { startAt: from, endAt: to, ...values } = eventOf('EVT-A', 'TRP-A')
      const times = { startAt: new Date(from), endAt: new Date(to) }
      assert.deepEqual(event, { ...values, ...times, deviceId: id, bootId: 1, seq: 2 })
      const between = { startAt, endAt: startAt + 600_000 }
      const completed = { tripId: 'TRP-A', deviceId: id, driverId, policyId, version: 1, ...between }
      assert.deepEqual(await eventsOf('TripCompleted', driverId), [{ data: completed }])
    })

    it('shows a running trip without an end', async () => {
      const device = await newDevice()
      const { ingest } = startIngest(database)
      await ingest.take(laneOf(device, 'trips').seal([started('TRP-B')]).message)
      await ingest.stop()
      const [trip] = await db.select().from(trips).where(eq(trips.id, 'TRP-B'))
      assert.deepEqual([trip?.startAt, trip?.endAt, trip?.statistics], [new Date(startAt), null, null])
    })

    it('takes a newer version of a trip and records TripCompleted again', async () => {
      const device = await newDevice()
      const lane = laneOf(device, 'trips')
      const { ingest } = startIngest(database)
      await ingest.take(lane.seal([{ type: 'trip', trip: tripOf('TRP-C') }]).message)
      await ingest.take(lane.seal([{ type: 'trip', trip: tripOf('TRP-C', { lastSeq: 900 }) }]).message)
      await ingest.stop()
      const [trip] = await db.select().from(trips).where(eq(trips.id, 'TRP-C'))
      assert.equal(trip?.lastSeq, 900)
      assert.equal((await eventsOf('TripCompleted', device.driverId)).length, 2)
    })

    it('stores a trip outside every policy without a driver and without TripCompleted', async () => {
      const device = await newDevice()
      const early = Date.UTC(2025, 5, 1)
      const { ingest } = startIngest(database)
      const trip = tripOf('TRP-D', { startAt: early, endAt: early + 600_000 })
      await ingest.take(laneOf(device, 'trips').seal([{ type: 'trip', trip }]).message)
      await ingest.stop()
      const [stored] = await db.select().from(trips).where(eq(trips.id, 'TRP-D'))
      assert.equal(stored?.driverId, null)
      assert.deepEqual(await eventsOf('TripCompleted', device.driverId), [])
    })

    it('keeps a batch with another device’s trip as a dead letter and leaves the trip alone', async () => {
      const [owner, thief] = [await newDevice(), await newDevice()]
      // Two devices' batches may be stored side by side: the owner's is to be there before the other's comes.
      const earlier = startIngest(database).ingest
      await earlier.take(laneOf(owner, 'trips').seal([{ type: 'trip', trip: tripOf('TRP-E') }]).message)
      await earlier.stop()
      const { ingest, acks } = startIngest(database)
      await ingest.take(laneOf(thief, 'trips').seal([{ type: 'trip', trip: tripOf('TRP-E', { lastSeq: 1 }) }]).message)
      await ingest.stop()
      const [trip] = await db.select().from(trips).where(eq(trips.id, 'TRP-E'))
      assert.deepEqual([trip?.deviceId, trip?.lastSeq], [owner.id, 600])
      const letters = await db.select().from(deadLetters).where(eq(deadLetters.deviceId, thief.id))
      assert.deepEqual(
        letters.map(({ reason }) => reason),
        ['foreign'],
      )
      assert.deepEqual(acks.at(-1)?.ack.rejected, [{ firstSeq: 1, lastSeq: 1, reason: 'foreign' }])
    })

    it('keeps events in another device’s trip as dead letters, and a crash’s alarm as one in none', async () => {
      const [owner, thief] = [await newDevice(), await newDevice()]
      const earlier = startIngest(database).ingest
      await earlier.take(laneOf(owner, 'trips').seal([started('TRP-H')]).message)
      await earlier.stop()
      const { ingest } = startIngest(database)
      const event = eventOf('EVT-H', 'TRP-H')
      const alert: Alert = {
        ...{ eventId: 'EVT-I', tripId: 'TRP-H', kind: 'crash', band: 'count', at: startAt, value: 98 },
        ...{ speedMps: 12, lat: null, lon: null },
      }
      await ingest.take(laneOf(thief, 'trips').seal([{ type: 'event', event }]).message)
      await ingest.take(laneOf(thief, 'urgent').seal([{ type: 'alert', alert }]).message)
      await ingest.stop()
      const stored = await db.select().from(drivingEvents).where(eq(drivingEvents.tripId, 'TRP-H'))
      assert.deepEqual(
        stored.map(({ id, deviceId }) => [id, deviceId]),
        [['EVT-I', thief.id]],
      )
      assert.deepEqual(await listTripEvents(db, 'TRP-H'), [])
      const letters = await db.select().from(deadLetters).where(eq(deadLetters.deviceId, thief.id))
      assert.deepEqual(
        letters.map(({ reason }) => reason),
        ['foreign'],
      )
    })

    it('records an alert as SafetyAlert and tells the live pages once', async () => {
      const device = await newDevice()
      const alert: Alert = {
        ...{ eventId: 'EVT-F', tripId: 'TRP-F', kind: 'harsh_braking', band: 'coach', at: startAt, value: -4.5 },
        ...{ speedMps: 12, lat: null, lon: null },
      }
      const { ingest, live } = startIngest(database)
      const { message } = laneOf(device, 'urgent').seal([{ type: 'alert', alert }])
      for (const again of [message, message]) await ingest.take(again)
      await ingest.stop()
      const { id: deviceId, driverId } = device
      assert.deepEqual(await eventsOf('SafetyAlert', driverId), [{ data: { deviceId, driverId, alert } }])
      const told = { type: 'safety_alert', driverId, deviceId, at: startAt, kind: 'harsh_braking', band: 'coach' }
      assert.deepEqual(live, [{ ...told, value: -4.5, eventId: 'EVT-F', tripId: 'TRP-F' }])
    })

    it('passes a live state on to the driver’s pages, and none of a car without a policy', async () => {
      const device = await newDevice()
      const state: LiveState = {
        ...{ at: testNowMs, tripId: null, lat: 49, lon: 12, speedMps: 3, headingDeg: null, limitKmh: null, aLong: 0.1 },
        ...{ aLat: null, liveRisk: 10, tripDistanceM: 0, calibrationConfidence: 0, event: null },
      }
      const { ingest, live, counters } = startIngest(database)
      const payload = Buffer.from(JSON.stringify(state))
      await ingest.take({ topic: streams.live.topic(device.id), payload })
      await ingest.take({ topic: streams.live.topic('DEV-UNKNOWN'), payload })
      const dropped = async () => (await counters.liveDropped.get()).values[0]?.value ?? 0
      while (live.length === 0 || (await dropped()) === 0) await nextTurn()
      await ingest.stop()
      assert.deepEqual(live, [{ type: 'driving_update', driverId: device.driverId, deviceId: device.id, state }])
    })
  })
}
