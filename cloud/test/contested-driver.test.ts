import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Contest } from '@fairmile/contract/http/contests.ts'
import type { DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { Trip } from '@fairmile/contract/http/trips.ts'
import { eq } from 'drizzle-orm'
import { drivingEvents } from '../src/db/schema/trips.ts'
import { contestRig, isRight } from './contest-rig.ts'
import { longer, renamed } from './contested-drives.ts'
import { engines } from './engines.ts'
import { driveRecords } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`a contest of who drove on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await contestRig(database)
    const { first, second, driver, other, admin, admin2, get, scoreOf, premiumOf, receiptOf } = rig
    const { store, opened, rule, ruled, bill, countsOf, consumers } = rig
    /** What another's premium and score hang on takes two admins, whatever it costs who contests. */
    const upheldBoth = async (contested: Contest, driverId: string) => {
      const word = { ruling: 'upheld', driverId }
      const one = await ruled(contested, word)
      assert.equal(one.state, 'awaiting_second')
      assert.equal((await ruled(one, word, admin2)).state, 'upheld')
    }
    const saysDriven = async (n: string, driverId: string | null) => {
      const reason = 'it was lent'
      const answer = await admin('POST', `/api/v1/trips/TRP-00000000000${n}/driver`, { driverId, reason })
      await consumers.drain()
      return answer
    }
    // What is contested lies in time that is billed.
    await store(0, driveRecords(1))
    assert.equal(await bill(), 6)

    it('takes a trip from a driver who was not it; its kilometres stay with the policy', async () => {
      await store(0, driveRecords(6, 'count'))
      const before = { score: await scoreOf(), premium: await premiumOf() }
      const contested = await opened(6, { reason: 'not_me' })
      assert.equal((await driver('GET', '/api/v1/trips/TRP-000000000006')).status, 404)
      const { items } = (await get(`/api/v1/drivers/${first.driverId}/contests`, driver)) as Page<Contest>
      assert.equal(items[0]?.id, contested.id)
      assert.equal((await driver('GET', '/api/v1/events/EVT-000000000006/trace')).status, 200)
      const check = async () => {
        const [score, premium, receipt] = [await scoreOf(), await premiumOf(), await receiptOf()]
        assert.equal(score.exposureKm, before.score.exposureKm - 60)
        assert.equal(premium.exposureKm, before.premium.exposureKm)
        assert.deepEqual(
          receipt.trips.filter((trip) => trip.driver === 'other').map(({ id }) => id),
          ['TRP-000000000006'],
        )
        assert.ok(isRight(receipt))
      }
      await check()
      // Also when the car tells it anew.
      await store(0, longer(6, 0))
      await check()
      assert.equal((await rule(contested, { ruling: 'upheld', driverId: first.driverId })).status, 422)
      await upheldBoth(contested, second.driverId)
      await check()
      assert.equal((await scoreOf(second)).exposureKm, 60)
      assert.equal((await premiumOf(second)).exposureKm, 0)
      assert.equal((await other('GET', '/api/v1/trips/TRP-000000000006')).status, 200)
    })

    it('gives a trip back to the driver where "not me" is rejected', async () => {
      await store(0, driveRecords(7, 'count'))
      const before = await scoreOf()
      const contested = await opened(7, { reason: 'not_me' })
      assert.equal((await scoreOf()).exposureKm, before.exposureKm - 60)
      await ruled(contested, { ruling: 'rejected' })
      assert.equal((await scoreOf()).exposureKm, before.exposureKm)
      assert.equal((await driver('GET', '/api/v1/trips/TRP-000000000007')).status, 200)
    })

    it('shows whoever drove instead nothing of it, and lets them contest the event themselves', async () => {
      await store(0, renamed(driveRecords(10, 'count'), 'D'))
      const path = '/api/v1/events/EVT-00000000000D'
      const contested = await opened('D', { reason: 'not_me', text: 'It was my sister.' })
      await upheldBoth(contested, second.driverId)
      const trace = async (as: typeof other) => (await as('GET', `${path}/trace`)).body as { contest: Contest | null }
      assert.equal((await trace(other)).contest, null)
      assert.equal((await trace(driver)).contest?.id, contested.id)
      const ask = { reason: 'emergency', text: 'An ambulance came.' }
      const own = await other('POST', `${path}/contest`, ask)
      assert.equal(own.status, 201)
      assert.equal((await trace(other)).contest?.id, (own.body as Contest).id)
      assert.equal((await trace(driver)).contest?.id, contested.id)
      assert.equal((await other('POST', `${path}/contest`, { ...ask, reason: 'not_me' })).status, 409)
      assert.equal((await driver('POST', `${path}/contest`, ask)).status, 404)
    })

    it('says no more who drove where the car went on for longer than it had driven, and the event stays contested', async () => {
      await store(0, renamed(driveRecords(11, 'count'), 'E'))
      const contested = await opened('E', { reason: 'not_me' })
      await upheldBoth(contested, second.driverId)
      const path = '/api/v1/trips/TRP-00000000000E'
      const told = async () => Trip.parse(await get(path))
      assert.deepEqual([(await told()).driverId, (await told()).events.length], [second.driverId, 1])
      await store(0, renamed(longer(11, 600), 'E'))
      assert.equal((await told()).driverId, second.driverId)
      await store(0, renamed(longer(11, 7200), 'E'))
      assert.deepEqual([(await told()).driverId, (await told()).events], [first.driverId, []])
    })

    it('leaves whoever drove instead the time to contest the event, and whose the trip stays no more than they had', async () => {
      const dayMs = 86_400_000
      const told = async (n: string, days: number) => {
        const toldAt = new Date(Date.now() - days * dayMs)
        await db
          .update(drivingEvents)
          .set({ toldAt })
          .where(eq(drivingEvents.id, `EVT-00000000000${n}`))
        return toldAt.getTime()
      }
      const untilFor = async (who: typeof other, n: string) =>
        Date.parse(
          ((await get(`/api/v1/events/EVT-00000000000${n}/trace`, who)) as DrivingEventEvidence).contestableUntil,
        )
      await store(0, renamed(driveRecords(13, 'count'), 'G'), renamed(driveRecords(14, 'count'), 'H'))
      const [given, kept] = [await opened('G', { reason: 'not_me' }), await opened('H', { reason: 'not_me' })]
      const toldAt = [await told('G', 31), await told('H', 31)]
      const ruledAt = Date.now()
      await upheldBoth(given, second.driverId)
      await ruled(kept, { ruling: 'rejected' })
      const untilSecond = await untilFor(other, 'G')
      assert.ok(untilSecond >= ruledAt + 30 * dayMs, new Date(untilSecond).toISOString())
      assert.equal(await untilFor(admin, 'G'), untilSecond)
      assert.equal(await untilFor(driver, 'G'), toldAt[0]! + 30 * dayMs)
      assert.equal(await untilFor(driver, 'H'), toldAt[1]! + 30 * dayMs)
      const own = await rig.contest('G', { reason: 'emergency' }, other)
      assert.equal(own.status, 201, JSON.stringify(own.body))
      // Given back after it was another's, it is theirs from then on.
      assert.equal((await saysDriven('H', second.driverId)).status, 200)
      assert.equal((await saysDriven('H', first.driverId)).status, 200)
      assert.ok((await untilFor(driver, 'H')) >= ruledAt + 30 * dayMs)
    })

    it('is ruled on before anybody says who drove', async () => {
      await store(0, renamed(driveRecords(9, 'count'), 'C'))
      const contested = await opened('C', { reason: 'not_me' })
      assert.equal((await saysDriven('C', second.driverId)).status, 409)
      assert.equal(Trip.parse(await get('/api/v1/trips/TRP-00000000000C')).driverId, null)
      await ruled(contested, { ruling: 'rejected' })
      assert.equal((await saysDriven('C', second.driverId)).status, 200)
    })

    it('counts for nothing, once upheld, for who said so where the car tells a longer drive of theirs', async () => {
      await store(0, renamed(driveRecords(12, 'count'), 'F'))
      const contested = await opened('F', { reason: 'not_me' })
      assert.equal((await ruled(contested, { ruling: 'upheld' })).state, 'upheld')
      assert.deepEqual(await countsOf('F'), ['harsh_braking count'])
      await store(0, renamed(longer(12, 7200), 'F'))
      assert.equal(Trip.parse(await get('/api/v1/trips/TRP-00000000000F')).driverId, first.driverId)
      assert.deepEqual(await countsOf('F'), [])
      assert.ok(isRight(await receiptOf()))
      // For whoever else drove it counts as for anybody.
      assert.equal((await saysDriven('F', second.driverId)).status, 200)
      assert.deepEqual(await countsOf('F'), ['harsh_braking count'])
    })

    it('is not said again of who was ruled not to be it, by an admin or by a ruling for another', async () => {
      await store(0, renamed(driveRecords(15, 'count'), 'I'))
      const contested = await opened('I', { reason: 'not_me' })
      await ruled(contested, { ruling: 'upheld' })
      const { premiumMinor } = await premiumOf()
      const refused = await saysDriven('I', first.driverId)
      assert.equal(refused.status, 409)
      assert.match(JSON.stringify(refused.body), new RegExp(`not me.*${contested.id}`))
      assert.equal((await premiumOf()).premiumMinor, premiumMinor)
      // Of others, and of nobody, it is.
      for (const driverId of [second.driverId, null, second.driverId])
        assert.equal((await saysDriven('I', driverId)).status, 200)
      const next = await rig.contest('I', { reason: 'not_me' }, other)
      assert.equal(next.status, 201, JSON.stringify(next.body))
      assert.equal((await rule(Contest.parse(next.body), { ruling: 'upheld', driverId: first.driverId })).status, 409)
      assert.equal((await ruled(Contest.parse(next.body), { ruling: 'upheld' })).state, 'upheld')
      assert.equal((await saysDriven('I', second.driverId)).status, 409)
    })
  })
}
