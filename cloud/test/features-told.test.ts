import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toCloudEvent } from '@fairmile/contract/domain-events/cloud-event.ts'
import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { asc } from 'drizzle-orm'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { currentFeatures } from '../src/features/feature-store.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives, tripStart } from './stored-drive.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')

for (const engine of engines()) {
  describe(`features on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const device = await addDevice(db)
    const { driverId } = device
    const lane = laneOf(device, 'trips')
    const consumers = createConsumers({
      ...{ db, metrics: createMetrics(), log: createLog({ level: 'silent' }) },
      handlers: { risk: createRiskConsumer({ model, now: () => tripStart(9) }) },
    })
    /** Domain events so far, the oldest first. */
    const told = async () =>
      (await db.select().from(domainEvents).orderBy(asc(domainEvents.id))).map((event) => event as StoredDomainEvent)
    /** What was told of features, as it goes out. */
    const featuresTold = async () =>
      (await told()).map(toCloudEvent).flatMap((event) => (event.type.includes('Features') ? [event.data] : []))

    it('are announced when a trip ends, before the score that is made of them', async () => {
      await storeDrives(database, lane, [driveRecords(1)])
      await consumers.drain()
      assert.deepEqual(
        (await told()).map(({ type, causedBy }) => [type, causedBy]),
        [
          ['TripCompleted', null],
          ['DriverFeaturesUpdated', 1],
          ['RiskScoreCalculated', 1],
        ],
      )
      const stored = (await currentFeatures(db, { driverId, nowMs: tripStart(9) })) ?? assert.fail('no features')
      const { trips, exposureKm, judgedKm } = stored
      const asOf = stored.asOf.getTime()
      assert.deepEqual(await featuresTold(), [
        { driverId, tripId: 'TRP-000000000001', asOf, trips, exposureKm, judgedKm },
      ])
    })

    it('are announced again when a trip is corrected, as the trips are by then', async () => {
      const trip = driveRecords(1).at(-1)
      if (trip?.type !== 'trip') return assert.fail()
      const statistics = { ...trip.trip.statistics, distanceM: 61_500, speedSum: 61_500 }
      await storeDrives(database, lane, [[{ type: 'trip', trip: { ...trip.trip, statistics } }]])
      await consumers.drain()
      const km = (await featuresTold()).map((data) => 'exposureKm' in data && data.exposureKm)
      assert.deepEqual(km, [60, 61.5])
    })

    it('are not announced because somebody reads them', async () => {
      const before = await featuresTold()
      await currentFeatures(db, { driverId, nowMs: tripStart(30) })
      assert.deepEqual(await featuresTold(), before)
    })
  })
}
