import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Contest, ContestDetail } from '@fairmile/contract/http/contests.ts'
import { NotificationPage } from '@fairmile/contract/http/notifications.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { TripPremium } from '@fairmile/contract/http/pricing.ts'
import { TripVersionList } from '@fairmile/contract/http/trip-versions.ts'
import { eq } from 'drizzle-orm'
import { policies } from '../src/db/schema/people.ts'
import { premiums } from '../src/db/schema/pricing.ts'
import { contestRig } from './contest-rig.ts'
import { longer } from './contested-drives.ts'
import { engines } from './engines.ts'
import { driveRecords } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`a trip that somebody else drove, on ${engine.name}`, async () => {
    const database = await engine.open()
    const rig = await contestRig(database)
    const { first, second, driver, other, admin } = rig
    const trip = '/api/v1/trips/TRP-000000000001'
    await rig.store(0, driveRecords(1), driveRecords(2))
    const { status } = await admin('POST', `${trip}/driver`, { driverId: second.driverId, reason: 'a lent car' })
    assert.equal(status, 200)
    await rig.consumers.drain()

    it('tells what it costs to whom the policy insures that pays for it, not to who drove', async () => {
      const told = await driver('GET', `${trip}/premium`)
      assert.deepEqual([told.status, TripPremium.parse(told.body).policyId], [200, first.policyId])
      assert.deepEqual(await other('GET', `${trip}/premium`).then(({ status, body }) => [status, body]), [200, null])
      assert.equal((await other('GET', '/api/v1/trips/TRP-000000000002/premium')).status, 404)
      assert.equal((await admin('GET', `${trip}/premium`)).status, 200)
    })

    it('shows who drove neither the driver before, the policy nor the admin in its versions', async () => {
      const seenBy = async (who: typeof other) =>
        TripVersionList.parse((await who('GET', `${trip}/versions`)).body).items.map(
          ({ driverId, policyId, changedBy, changeReason }) => [driverId, policyId, changedBy !== null, changeReason],
        )
      assert.deepEqual(await seenBy(other), [
        [second.driverId, null, false, 'a lent car'],
        [null, null, false, null],
      ])
      assert.deepEqual(await seenBy(admin), [
        [second.driverId, first.policyId, true, 'a lent car'],
        [first.driverId, first.policyId, false, null],
      ])
    })

    const assignedTo = async (who: typeof other, { driverId }: typeof first) => {
      const { body } = await who('GET', `/api/v1/drivers/${driverId}/notifications`)
      return NotificationPage.parse(body).items.flatMap((item) =>
        item.kind === 'trip_assigned' ? [[item.data.tripId, item.data.isOnOwnPolicy]] : [],
      )
    }

    it('tells who is said to have driven, and once', async () => {
      // The policy of the car is not theirs.
      assert.deepEqual(await assignedTo(other, second), [['TRP-000000000001', false]])
      assert.deepEqual(await assignedTo(driver, first), [])
    })

    it('tells who is said to have driven where the car told more before that was handled, and not who no longer is', async () => {
      const named = async (n: number, { driverId }: typeof first) => {
        const body = { driverId, reason: 'a lent car' }
        assert.equal((await admin('POST', `/api/v1/trips/TRP-00000000000${n}/driver`, body)).status, 200)
      }
      await rig.store(0, driveRecords(5, 'count'), driveRecords(6))
      await named(5, second)
      await named(6, second)
      await named(6, first)
      await rig.store(0, longer(5, 600))
      assert.deepEqual(await assignedTo(other, second), [
        ['TRP-000000000005', false],
        ['TRP-000000000001', false],
      ])
      assert.deepEqual(await assignedTo(driver, first), [['TRP-000000000006', true]])
    })

    it('shows one’s own policy in the versions of one’s own trip', async () => {
      const { items } = TripVersionList.parse((await driver('GET', '/api/v1/trips/TRP-000000000002/versions')).body)
      assert.deepEqual(
        items.map(({ policyId }) => policyId),
        [first.policyId],
      )
    })

    it('tells who drove and contests an event of it the score, and nothing of the policy', async () => {
      const answer = await rig.contest(1, { reason: 'sensor' }, other)
      assert.equal(answer.status, 201, JSON.stringify(answer.body))
      const { id, policyId } = answer.body as { id: string; policyId: string | null }
      assert.equal(policyId, null)
      const seenBy = async (who: typeof other) => ContestDetail.parse((await who('GET', `/api/v1/contests/${id}`)).body)
      const told = await seenBy(other)
      assert.deepEqual([told.policyId, told.before.premium, told.effect], [null, null, null])
      assert.ok(told.before.score)
      const { items } = (await other('GET', `/api/v1/drivers/${second.driverId}/contests`)).body as {
        items: { policyId: string | null }[]
      }
      assert.deepEqual(
        items.map((item) => item.policyId),
        [null],
      )
      const toAdmin = await seenBy(admin)
      assert.equal(toAdmin.policyId, first.policyId)
      assert.ok(toAdmin.before.premium)
      // Its kilometres are paid for, whatever is ruled on how they were driven.
      assert.equal(toAdmin.effect?.premiumMinor, 0)
    })

    it('tells who drove also where their own policy ended before that day since', async () => {
      await rig.store(0, driveRecords(7))
      const says = async (driverId: string) => {
        const body = { driverId, reason: 'a lent car' }
        assert.equal((await admin('POST', '/api/v1/trips/TRP-000000000007/driver', body)).status, 200)
        await rig.consumers.drain()
      }
      await says(second.driverId)
      const before = (await rig.scoreOf(second)).exposureKm
      const ofTerm = eq(policies.id, second.policyId)
      const [term = assert.fail()] = await database.db.select().from(policies).where(ofTerm)
      await database.db.update(policies).set({ endsOn: '2026-06-06', state: 'cancelled' }).where(ofTerm)
      const later = { ...term, id: 'POL-LATER', startsOn: '2026-12-01', endsOn: '2027-11-30' }
      await database.db.insert(policies).values(later)
      await says(first.driverId)
      assert.equal((await rig.scoreOf(second)).exposureKm, before - 60)
      const priced = await database.db.select().from(premiums).where(eq(premiums.policyId, later.id))
      assert.deepEqual(priced, [], 'a term that had not begun then is not priced')
      await database.db.delete(policies).where(eq(policies.id, later.id))
      await database.db.update(policies).set(term).where(ofTerm)
    })

    it('is exported by who drove without the policy', async () => {
      const { body } = await other('GET', `${trip}/export?format=csv`)
      assert.doesNotMatch(String(body), new RegExp(first.policyId))
      const own = await driver('GET', '/api/v1/trips/TRP-000000000002/export?format=csv')
      assert.match(String(own.body), new RegExp(first.policyId))
    })

    it('tells who drove the ruling without what it does to another’s premium', async () => {
      const event = 'EVT-000000000001'
      const { items: pending } = (await admin('GET', '/api/v1/contests')).body as Page<Contest>
      await rig.ruled(pending.find(({ eventId }) => eventId === event) ?? assert.fail(), { ruling: 'upheld' })
      await rig.ruled(await rig.opened(2, { reason: 'sensor' }), { ruling: 'upheld' })
      const ruledTo = async (who: typeof other, { driverId }: typeof first) => {
        const { body } = await who('GET', `/api/v1/drivers/${driverId}/notifications`)
        return NotificationPage.parse(body).items.find(({ kind }) => kind === 'contest_ruled')?.data
      }
      assert.partialDeepStrictEqual(await ruledTo(other, second), { eventId: event, effect: null })
      assert.partialDeepStrictEqual(await ruledTo(driver, first), { effect: { currency: 'EUR' } })
    })

    it('names the policy nowhere to who drove', async () => {
      const of = `/api/v1/drivers/${second.driverId}`
      const { items } = (await other('GET', `${of}/contests`)).body as Page<Contest>
      const { id, eventId, openedAt } = items[0] ?? assert.fail('nothing was contested')
      const event = `/api/v1/events/${eventId}`
      const day = (offset: number) => new Date(Date.parse(openedAt) + offset * 86_400_000).toISOString()
      const sinceContest = `from=${day(-1)}&to=${day(1)}`
      const paths = [
        ...[`${of}/trips`, `${of}/contests`, `${of}/notifications`, `${of}/score`, `/api/v1/contests/${id}`],
        ...[trip, `${trip}/events`, `${trip}/versions`, `${trip}/export?format=geojson`, event, `${event}/trace`],
        ...['csv', 'geojson'].flatMap((format) =>
          ['from=2026-06-01&to=2026-07-01', sinceContest].map((range) => `${of}/export?format=${format}&${range}`),
        ),
      ]
      for (const path of paths) {
        const { status, body } = await other('GET', path)
        const text = typeof body === 'string' ? body : JSON.stringify(body)
        assert.equal(status, 200, `${path}: ${text}`)
        assert.ok(!text.includes(first.policyId), path)
      }
      const { body } = await driver('GET', `/api/v1/drivers/${first.driverId}/export?format=csv&${sinceContest}`)
      assert.match(String(body), new RegExp(`^contest,.*,${first.policyId},`, 'm'))
      const own = await other('GET', `${of}/export?format=csv&${sinceContest}`)
      assert.match(String(own.body), new RegExp(`^contest,.*${id}`, 'm'))
    })
  })
}
