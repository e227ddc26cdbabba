import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import { tripId as idOfTrip } from '@fairmile/contract/ids.ts'
import type { Alert, TripsRecord } from '@fairmile/contract/records.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { eq } from 'drizzle-orm'
import { ensurePartitions } from '../src/db/partitions.ts'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { tripAccounts } from '../src/db/schema/trip-records.ts'
import { trips } from '../src/db/schema/trips.ts'
import { insertTelematics } from '../src/ingest/telematics.ts'
import { accountTrip } from '../src/trips/account-trip.ts'
import { getDrivingEvent, listTripEvents } from '../src/trips/event-queries.ts'
import { storeTrips } from '../src/trips/store-trips.ts'
import { getTrip } from '../src/trips/trip-queries.ts'
import { addDevice, laneOf, type TestDevice, telematicsEvent } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest, testNowMs } from './ingest-rig.ts'

const startAt = testNowMs - 3_600_000

const eventIn = (tripId: string, id: string): DrivingEvent => ({
  ...{ id, tripId, kind: 'harsh_braking', startAt: startAt + 2_000, endAt: startAt + 3_000, peak: 4, band: 'count' },
  ...{ grade: 'A', gradeReasons: [], lat: null, lon: null, startSpeedMps: null, endSpeedMps: null, limitKmh: null },
  trace: null,
})
const started = (tripId: string): TripsRecord => ({ type: 'trip_started', tripId, startAt, lat: null, lon: null })
const ended = (id: string): TripsRecord => ({
  type: 'trip',
  trip: {
    ...{ id, startAt, endAt: startAt + 10_000, endReason: 'still', firstSeq: 1, lastSeq: 10, thresholdsHash: 'ab12' },
    ...{ startLat: null, startLon: null, endLat: null, endLon: null },
    statistics: statisticsExample({ km: 1, gradable: 1, temper: 0.2, events: [] }),
  },
})

for (const engine of engines()) {
  describe(`what another device tells of a trip on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    await ensurePartitions(database, ['2026-06'])
    const [owner, other] = [await addDevice(db, 1), await addDevice(db, 2)]
    const tell = ({ id: deviceId, vehicleId }: TestDevice, records: TripsRecord[]) =>
      db.transaction((tx) => storeTrips(tx, { deviceId, boot: 1, vehicleId }, records))
    const idsOf = async (tripId: string) => (await listTripEvents(db, tripId)).map(({ id }) => id)

    it('is none of the trip’s events, though it came before the trip', async () => {
      await tell(other, [{ type: 'event', event: eventIn('TRP-1', 'EVT-FALSE') }])
      await tell(owner, [started('TRP-1'), { type: 'event', event: eventIn('TRP-1', 'EVT-TRUE') }])
      assert.deepEqual(await idsOf('TRP-1'), ['EVT-TRUE'])
      assert.deepEqual(
        (await getTrip(db, 'TRP-1'))?.events.map(({ count }) => count),
        [1],
      )
      assert.equal((await getDrivingEvent(db, 'EVT-TRUE'))?.driverId, owner.driverId)
      assert.equal((await getDrivingEvent(db, 'EVT-FALSE'))?.driverId, other.driverId)

      const records = Array.from({ length: 10 }, (_, n) => telematicsEvent(n + 1, startAt))
      await db.transaction((tx) => insertTelematics(tx, [{ deviceId: owner.id, boot: 1, records }]))
      await tell(owner, [ended('TRP-1')])
      const [trip] = await db.select().from(trips).where(eq(trips.id, 'TRP-1'))
      await accountTrip(db, trip!, { nowMs: testNowMs })
      const [row] = await db.select().from(tripAccounts).where(eq(tripAccounts.tripId, 'TRP-1'))
      assert.deepEqual(
        row?.account.events.map(({ count }) => count),
        [1],
      )
    })

    const alertIn = (tripId: string, eventId: string, kind: Alert['kind'] = 'harsh_braking'): Alert => ({
      ...{ eventId, tripId, kind, band: 'count', at: startAt, value: 5, speedMps: 1, lat: null, lon: null },
    })

    it('is refused once the trip is there, whatever it is', async () => {
      await tell(owner, [started('TRP-2')])
      const trips = laneOf(other, 'trips')
      const { ingest, acks } = startIngest(database)
      await ingest.take(trips.seal([started('TRP-2')]).message)
      await ingest.take(trips.seal([{ type: 'event', event: eventIn('TRP-2', 'EVT-2') }]).message)
      await ingest.take(trips.seal([started('TRP-3'), ended('TRP-2')]).message)
      await ingest.stop()
      const refused = acks.flatMap(({ ack }) => ack.rejected)
      assert.deepEqual(
        refused.map(({ reason }) => reason),
        ['foreign', 'foreign', 'foreign'],
      )
      assert.deepEqual(await idsOf('TRP-2'), [])
    })

    it('is told at once where it is an alarm, kept where it is of a crash, and part of no trip of another', async () => {
      const stolen = idOfTrip(owner.id, 1, 1)
      await tell(other, [started(stolen), ended(stolen)])
      const { ingest, acks, live } = startIngest(database)
      const alerts = [alertIn(stolen, 'EVT-ALERT'), alertIn(stolen, 'EVT-CRASH', 'crash')]
      const urgent = laneOf(owner, 'urgent')
      for (const alert of alerts) await ingest.take(urgent.seal([{ type: 'alert', alert }]).message)
      await ingest.stop()
      assert.deepEqual(
        acks.flatMap(({ ack }) => ack.rejected),
        [],
      )
      assert.deepEqual(
        live.map((message) => message.type === 'safety_alert' && [message.deviceId, message.driverId, message.eventId]),
        alerts.map(({ eventId }) => [owner.id, owner.driverId, eventId]),
      )
      const told = await db.select().from(domainEvents).where(eq(domainEvents.type, 'SafetyAlert'))
      assert.deepEqual(
        told.map(({ subject, data }) => [subject, data]),
        alerts.map((alert) => [owner.driverId, { deviceId: owner.id, driverId: owner.driverId, alert }]),
      )
      const crash = await getDrivingEvent(db, 'EVT-CRASH')
      assert.deepEqual([crash?.driverId, crash?.event.kind], [owner.driverId, 'crash'])
      assert.deepEqual(await idsOf(stolen), [])
      assert.deepEqual((await getTrip(db, stolen))?.events, [])
    })
  })
}
