import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Contest, ContestDetail } from '@fairmile/contract/http/contests.ts'
import { DrivingEventDetail, DrivingEventList } from '@fairmile/contract/http/events.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { eq } from 'drizzle-orm'
import { trips } from '../src/db/schema/trips.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { contestRig, costOfBilled } from './contest-rig.ts'
import { corneredDrive, renamed } from './contested-drives.ts'
import { engines } from './engines.ts'
import { driveRecords } from './stored-drive.ts'

/** A drive so many days before. */
function earlier(records: readonly TripsRecord[], days: number): TripsRecord[] {
  const at = <T extends { startAt: number; endAt: number }>(of: T): T => {
    const beforeMs = days * 86_400_000
    return { ...of, startAt: of.startAt - beforeMs, endAt: of.endAt - beforeMs }
  }
  return records.flatMap((record): TripsRecord[] => {
    if (record.type === 'trip') return [{ ...record, trip: at(record.trip) }]
    return record.type === 'event' ? [{ ...record, event: at(record.event) }] : []
  })
}

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

    it('is by the trips that a score is of: those in the days before the newest with the event, and in those without it', async () => {
      // With the trip of 14 June that of 12 May is past the days of a score.
      await store(0, earlier(renamed(driveRecords(1), 'F'), 20), renamed(corneredDrive(14), 'G'))
      const contested = await opened('G', { reason: 'not_me' })
      const { effect } = await detailOf(contested.id)
      const without = await scoreOf()
      const back = await driver('POST', `/api/v1/contests/${contested.id}/withdrawal`, { version: contested.version })
      assert.equal(back.status, 200, JSON.stringify(back.body))
      await rig.consumers.drain()
      const { risk } = await scoreOf()
      assert.ok(effect?.risk != null && effect.without.risk !== null && without.risk !== null && risk !== null)
      assert.ok(Math.abs(effect.without.risk - without.risk) < 0.01)
      assert.ok(Math.abs(effect.without.risk + effect.risk - risk) < 0.01, `${effect.risk}, ${risk} of ${without.risk}`)
    })

    it('is nothing to the risk for a trip that was told ahead of its time: no score is of it', async () => {
      await store(0, renamed(corneredDrive(12), 'H'))
      const contested = await opened('H', { reason: 'emergency' })
      const riskOf = async () => (await detailOf(contested.id)).effect?.risk ?? assert.fail()
      assert.ok((await riskOf()) > 0)
      await db.update(trips).set({ toldAhead: true }).where(eq(trips.id, contested.tripId))
      assert.equal(await riskOf(), 0)
    })

    it('is not known once another policy pays for the trip, and asks for two admins', async () => {
      await store(0, renamed(corneredDrive(11), 'I'))
      const contested = await opened('I', { reason: 'emergency' })
      assert.equal((await detailOf(contested.id)).effect?.needsSecond, false)
      await db.update(trips).set({ policyId: rig.second.policyId }).where(eq(trips.id, contested.tripId))
      assert.equal((await detailOf(contested.id)).effect, null)
      assert.equal((await ruled(contested, { ruling: 'upheld' })).state, 'awaiting_second')
    })

    it('is told in money alone while the driver has too few kilometres for a score', async () => {
      await takeInPlans(db, loadPlans().values())
      const short = renamed(corneredDrive(3), 'J').map((record) => {
        if (record.type !== 'trip') return record
        const { trip } = record
        const metres = { distanceM: 4_500, speedSum: 4_500, speedSquareSum: 90_000, gradableM: 4_000 }
        return { ...record, trip: { ...trip, statistics: { ...trip.statistics, ...metres } } }
      })
      await store(1, short)
      const { status, body } = await rig.contest('J', { reason: 'road' }, rig.other)
      assert.equal(status, 201, JSON.stringify(body))
      const { effect } = ContestDetail.parse(await get(`/api/v1/contests/${Contest.parse(body).id}`, rig.other))
      assert.partialDeepStrictEqual(effect, { currency: 'EUR', risk: null, without: { risk: null } })
    })
  })
}
