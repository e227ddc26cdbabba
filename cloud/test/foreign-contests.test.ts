import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ContestDetail } from '@fairmile/contract/http/contests.ts'
import type { DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import { Trip } from '@fairmile/contract/http/trips.ts'
import type { Alert } from '@fairmile/contract/records.ts'
import { rulingsOf } from '../src/contests/rulings-of.ts'
import { contestRig } from './contest-rig.ts'
import { laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest, testNowMs } from './ingest-rig.ts'
import { driveRecords } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`a contest of an event that names another device’s trip on ${engine.name}`, async () => {
    const database = await engine.open()
    const rig = await contestRig(database)
    const { first, second, driver, admin, admin2, get, store, opened, ruled, causesOf, receiptOf } = rig
    const tripOf = async (n: number) => Trip.parse(await get(`/api/v1/trips/TRP-00000000000${n}`))
    const urgent = laneOf(first, 'urgent')
    /** The first driver's car tells of a crash on a trip that the second one's told of. */
    const crash = async (n: number) => {
      const alert: Alert = {
        ...{ eventId: `EVT-00000000000${n}`, tripId: 'TRP-000000000001', kind: 'crash', band: 'count' },
        ...{ at: testNowMs - 60_000, value: 55, speedMps: 14, lat: 49, lon: 12 },
      }
      const { ingest } = startIngest(database)
      await ingest.take(urgent.seal([{ type: 'alert', alert }]).message)
      await ingest.stop()
    }
    await store(1, driveRecords(1))

    for (const [n, reason, ruling] of [
      [7, 'not_me', 'rejected'],
      [8, 'not_me', 'upheld'],
      [9, 'sensor', 'upheld'],
    ] as const)
      it(`is open to who drove, and of "${reason}" ${ruling} it changes nothing of that trip`, async () => {
        const before = { trip: await tripOf(1), causes: await causesOf(1), receipt: await receiptOf(second) }
        await crash(n)
        const contested = await opened(n, { reason })
        assert.equal(contested.policyId, null)
        const trace = (await get(`/api/v1/events/EVT-00000000000${n}/trace`, driver)) as DrivingEventEvidence
        assert.equal(trace.contest?.id, contested.id)
        assert.equal(ContestDetail.parse(await get(`/api/v1/contests/${contested.id}`)).effect, null)
        const drivenBy = n === 8 ? { driverId: second.driverId } : {}
        const one = await ruled(contested, { ruling, ...drivenBy }, admin)
        const { state } = one.state === ruling ? one : await ruled(one, { ruling, ...drivenBy }, admin2)
        assert.equal(state, ruling)
        assert.deepEqual([await tripOf(1), await causesOf(1)], [before.trip, before.causes])
        assert.deepEqual(await rulingsOf(database.db, before.receipt.trips), before.receipt.rulings)
      })
  })
}
