import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Contest } from '@fairmile/contract/http/contests.ts'
import { DrivingEventEvidence, DrivingEventList } from '@fairmile/contract/http/events.ts'
import { TripVersionList } from '@fairmile/contract/http/trip-versions.ts'
import { applyLimitCorrections } from '../src/contests/apply-limit-corrections.ts'
import { rulingsOf } from '../src/contests/rulings-of.ts'
import { tripsOfPolicy } from '../src/trips/ended-trips.ts'
import { contestRig } from './contest-rig.ts'
import { corneredDrive, longer, renamed, speedingDrive } from './contested-drives.ts'
import { engines } from './engines.ts'
import { driveRecords } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`contests of drivers who are named one after another, on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await contestRig(database)
    const { first, second, driver, other, admin, admin2, store, opened, contest, ruled, countsOf, consumers } = rig
    const give = async (n: number | string, { driverId }: { driverId: string }) => {
      const to = { driverId, reason: 'it was lent' }
      const { status, body } = await admin('POST', `/api/v1/trips/TRP-00000000000${n}/driver`, to)
      assert.equal(status, 200, JSON.stringify(body))
      await consumers.drain()
    }
    /** Upheld by both admins, as it is where it says who drove. */
    const upheldBoth = async (contested: Contest) => {
      const word = { ruling: 'upheld', driverId: second.driverId }
      return ruled(await ruled(contested, word), word, admin2)
    }
    const eventsOf = async (n: number | string, who = admin) => {
      const { body } = await who('GET', `/api/v1/trips/TRP-00000000000${n}/events`)
      return DrivingEventList.parse(body).items.map(({ contest: state }) => state)
    }
    const evidenceOf = async (n: number | string, who: typeof driver) =>
      DrivingEventEvidence.parse((await who('GET', `/api/v1/events/EVT-00000000000${n}/trace`)).body)
    /** Why versions came to be, the newest first, as somebody is told it. */
    const versionsOf = async (n: number | string, who: typeof driver) => {
      const { body } = await who('GET', `/api/v1/trips/TRP-00000000000${n}/versions`)
      return TripVersionList.parse(body).items.map(({ cause, changeReason }) => [cause, changeReason])
    }
    const rulingIdsOf = async (n: number | string) => {
      const id = `TRP-00000000000${n}`
      const paid = [...(await tripsOfPolicy(db, first.policyId)), ...(await tripsOfPolicy(db, second.policyId))]
      const trips = paid.filter((trip) => trip.id === id)
      return (await rulingsOf(db, trips)).map(({ rulingId }) => rulingId)
    }
    const withdraw = async ({ id, version }: Contest, who: typeof driver) => {
      const { status, body } = await who('POST', `/api/v1/contests/${id}/withdrawal`, { version })
      assert.equal(status, 200, JSON.stringify(body))
      await consumers.drain()
    }

    it('are each their own: who is named later contests once, and sees nothing of what another took back', async () => {
      await store(0, driveRecords(1, 'count'))
      const before = await opened(1, { reason: 'emergency' })
      await withdraw(before, driver)
      await give(1, second)
      const evidence = await evidenceOf(1, other)
      assert.ok(Date.parse(evidence.contestableUntil) > Date.now())
      assert.deepEqual([evidence.contest, await eventsOf(1, other), await eventsOf(1)], [null, [null], [null]])
      assert.deepEqual(await versionsOf(1, other), [
        ['reassigned', 'it was lent'],
        ['corrected', null],
        ['corrected', null],
        ['recorded', null],
      ])
      assert.deepEqual(await versionsOf(1, admin), [
        ['reassigned', 'it was lent'],
        ['contest', `contest ${before.id} was withdrawn`],
        ['contest', `contest ${before.id} was opened`],
        ['recorded', null],
      ])
      const { status, body } = await contest(1, { reason: 'sensor' }, other)
      assert.equal(status, 201, JSON.stringify(body))
      const own = Contest.parse(body)
      assert.deepEqual([await countsOf(1), await eventsOf(1, other), await eventsOf(1)], [[], ['open'], ['open']])
      assert.equal((await evidenceOf(1, other)).contest?.id, own.id)
      assert.deepEqual((await versionsOf(1, other))[0], ['contest', `contest ${own.id} was opened`])
      assert.equal((await contest(1, { reason: 'road' }, other)).status, 409)
      await ruled(own, { ruling: 'rejected' })
      assert.deepEqual([await countsOf(1), await eventsOf(1, other)], [['harsh_braking count'], ['rejected']])
      await give(1, first)
      assert.deepEqual([await eventsOf(1, driver), await eventsOf(1)], [['withdrawn'], ['withdrawn']])
      assert.equal((await contest(1, { reason: 'road' })).status, 409)
    })

    it('leave an event for nothing that was upheld for another, and it is in receipts and lists once', async () => {
      await store(0, corneredDrive(2))
      const upheld = await ruled(await opened(2, { reason: 'emergency' }), { ruling: 'upheld' })
      await give(2, second)
      assert.deepEqual([await countsOf(2), await eventsOf(2, other)], [[], ['upheld']])
      assert.deepEqual(await rulingIdsOf(2), [upheld.id])
      const { status, body } = await contest(2, { reason: 'road' }, other)
      assert.equal(status, 201, JSON.stringify(body))
      const own = Contest.parse(body)
      assert.deepEqual([await eventsOf(2, other), await rulingIdsOf(2)], [['open'], [own.id]])
      await ruled(own, { ruling: 'rejected' })
      assert.deepEqual([await countsOf(2), await eventsOf(2, other), await eventsOf(2)], [[], ['upheld'], ['upheld']])
      assert.deepEqual(await rulingIdsOf(2), [upheld.id])
    })

    it('are one at a time', async () => {
      await store(0, renamed(driveRecords(11, 'count'), 'E'))
      await upheldBoth(await opened('E', { reason: 'not_me' }))
      const theirs = Contest.parse((await contest('E', { reason: 'emergency' }, other)).body)
      // The car goes on for so long that nobody is said to have driven any more.
      await store(0, renamed(longer(11, 7200), 'E'))
      const { status, body } = await contest('E', { reason: 'road' })
      assert.equal(status, 409)
      assert.match((body as { detail: string }).detail, /is being ruled on/)
      await ruled(theirs, { ruling: 'rejected' })
      assert.equal((await contest('E', { reason: 'road' })).status, 201)
    })

    it('of "not me" name nobody to whom the trip is given, and are heard again where the car gives it back', async () => {
      await store(0, driveRecords(3, 'count'))
      const denied = await upheldBoth(await opened(3, { reason: 'not_me' }))
      assert.deepEqual(await versionsOf(3, other), [
        ['reassigned', null],
        ['corrected', null],
        ['recorded', null],
      ])
      assert.deepEqual([await eventsOf(3, other), await rulingIdsOf(3)], [[null], []])
      await store(0, longer(3, 7200))
      assert.deepEqual([await eventsOf(3, driver), await rulingIdsOf(3)], [['upheld'], [denied.id]])
      const again = await opened(3, { reason: 'not_me' })
      assert.equal((await driver('GET', '/api/v1/trips/TRP-000000000003')).status, 404)
      await ruled(again, { ruling: 'rejected' })
      assert.equal((await driver('GET', '/api/v1/trips/TRP-000000000003')).status, 200)
      assert.equal((await contest(3, { reason: 'not_me' })).status, 409)
    })

    it('put a limit right without a word of whose it was', async () => {
      await store(0, speedingDrive(4))
      await store(1, renamed(speedingDrive(5), 'A'))
      const { body } = await contest('A', { reason: 'wrong_limit' }, other)
      const upheld = { ruling: 'upheld', limit: { limitKmh: 60, radiusM: 100, from: '2026-01-01T00:00:00Z' } }
      await ruled(await ruled(Contest.parse(body), upheld), upheld, admin2)
      await applyLimitCorrections(db, { nowMs: Date.now(), failed: assert.fail })
      await consumers.drain()
      assert.deepEqual((await versionsOf(4, driver))[0], ['limit_corrected', 'the limit is 60 km/h'])
      // Who is given the trip may contest what it was beside its limit.
      await give('A', first)
      assert.deepEqual([await countsOf('A'), await eventsOf('A', driver)], [['speeding count'], [null]])
      const own = await opened('A', { reason: 'emergency' })
      await ruled(own, { ruling: 'upheld' })
      assert.deepEqual([await countsOf('A'), await rulingIdsOf('A')], [[], [own.id]])
    })
  })
}
