import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Contest, ContestDetail } from '@fairmile/contract/http/contests.ts'
import { DrivingEventDetail, DrivingEventList } from '@fairmile/contract/http/events.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { contestRig, costOfBilled } from './contest-rig.ts'
import { corneredDrive, renamed } from './contested-drives.ts'
import { engines } from './engines.ts'
import { driveRecords } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`what a contest did, on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await contestRig(database)
    const { driver, get, scoreOf, premiumOf, receiptOf, store, opened, ruled, bill } = rig
    const detailOf = async (id: string) => ContestDetail.parse(await get(`/api/v1/contests/${id}`, driver))
    const stateOf = async (n: number | string) => {
      const { items } = DrivingEventList.parse(await get(`/api/v1/trips/TRP-00000000000${n}/events`, driver))
      const { contest } = DrivingEventDetail.parse(await get(`/api/v1/events/EVT-00000000000${n}`, driver))
      assert.deepEqual(
        items.map(({ contest: of }) => of),
        [contest],
      )
      return contest
    }
    let upheldId = ''

    it('is told by the same trips with the event and without it, and by what was given back', async () => {
      await store(0, driveRecords(1), corneredDrive(2), renamed(corneredDrive(20), 'D'))
      await bill()
      const before = await premiumOf()
      assert.equal(await stateOf(2), null)
      const contested = await opened(2, { reason: 'emergency' })
      upheldId = contested.id
      assert.equal(await stateOf(2), 'open')
      await ruled(contested, { ruling: 'upheld' })
      assert.equal(await stateOf(2), 'upheld')
      const after = { premium: await premiumOf(), score: await scoreOf() }
      const { effect, givenBackMinor } = await detailOf(upheldId)
      assert.ok(effect?.without.risk != null && after.score.risk !== null)
      assert.equal(effect.without.premiumMinor, after.premium.premiumMinor)
      assert.ok(Math.abs(effect.without.risk - after.score.risk) < 0.01)
      assert.ok(Math.abs(effect.premiumMinor - (before.premiumMinor - after.premium.premiumMinor)) <= 1)
      assert.equal(givenBackMinor, (before.billedMinor ?? 0) - costOfBilled(await receiptOf()))
      assert.ok((givenBackMinor ?? 0) > 0)
    })

    it('stays what it was, whatever is driven after it', async () => {
      const before = await detailOf(upheldId)
      await store(0, renamed(driveRecords(21), 'E'))
      const after = await detailOf(upheldId)
      const [was, is] = [before.effect ?? assert.fail(), after.effect ?? assert.fail()]
      assert.ok(is.without.premiumMinor >= was.without.premiumMinor)
      assert.ok(is.premiumMinor > 0)
      assert.deepEqual([after.after, after.givenBackMinor], [before.after, before.givenBackMinor])
    })

    it('is nothing where the event counts again, and of "not me", which is about the trip, the event has no state', async () => {
      const contested = await opened('D', { reason: 'sensor' })
      assert.equal((await ruled(contested, { ruling: 'rejected' })).effect, null)
      assert.equal(await stateOf('D'), 'rejected')
      const notMe = await opened('E', { reason: 'not_me' })
      const theirs = DrivingEventDetail.parse(await get(`/api/v1/events/${notMe.eventId}`))
      assert.equal(theirs.contest, null)
    })

    it('is told in money alone while the driver has too few kilometres for a score', async () => {
      await takeInPlans(db, loadPlans().values())
      const short = renamed(corneredDrive(3), 'F').map((record) => {
        if (record.type !== 'trip') return record
        const { trip } = record
        const metres = { distanceM: 4_500, speedSum: 4_500, speedSquareSum: 90_000, gradableM: 4_000 }
        return { ...record, trip: { ...trip, statistics: { ...trip.statistics, ...metres } } }
      })
      await store(1, short)
      const { status, body } = await rig.contest('F', { reason: 'road' }, rig.other)
      assert.equal(status, 201, JSON.stringify(body))
      const { effect } = ContestDetail.parse(await get(`/api/v1/contests/${Contest.parse(body).id}`, rig.other))
      assert.partialDeepStrictEqual(effect, { currency: 'EUR', risk: null, without: { risk: null } })
    })
  })
}
