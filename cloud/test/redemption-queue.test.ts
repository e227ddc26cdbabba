import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { NotificationPage } from '@fairmile/contract/http/notifications.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { AdminRedemption } from '@fairmile/contract/http/rewards.ts'
import { eq } from 'drizzle-orm'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { users } from '../src/db/schema/people.ts'
import { rewardAccounts } from '../src/db/schema/rewards.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { createNotificationConsumer } from '../src/notify/notification-consumer.ts'
import { caller } from './api-rig.ts'
import { engines } from './engines.ts'
import { rewardsRig } from './rewards-rig.ts'

const base = '/api/v1/admin/rewards/redemptions'

for (const engine of engines()) {
  describe(`redemptions on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await rewardsRig(database)
    const { app, clock, first, admin, driver, rewards, balance, entries, redeem, correct, keyOf, sessions } = rig
    const log = createLog({ level: 'silent' })
    const handlers = { notification: createNotificationConsumer() }
    const notifications = createConsumers({ db, handlers, metrics: createMetrics(), log })
    const list = async (query = '') => {
      const { items, nextCursor } = (await admin('GET', `${base}${query}`)).body as Page<unknown>
      return { items: items.map((item) => AdminRedemption.parse(item)), nextCursor }
    }
    const settle = (id: string, body: object, as = admin) => as('POST', `${base}/${id}/settlement`, body)
    await correct(5000)
    const ids: string[] = []
    for (const [n, offer] of ['car-wash', 'road-safety-donation', 'road-safety-donation'].entries()) {
      clock.ms += 60_000
      ids.push(((await redeem(offer, keyOf(n))).body as { id: string }).id)
    }
    const [wash = '', donation = '', other = ''] = ids

    it('wait in a list, the oldest first, page by page, for admins alone', async () => {
      const { items, nextCursor } = await list('?limit=2')
      assert.deepEqual(
        items.map(({ id }) => id),
        [wash, donation],
      )
      assert.partialDeepStrictEqual(items[0], {
        ...{ driverId: first.driverId, driverName: 'Driver 1', title: 'A car wash', points: 600, valueMinor: 700 },
        ...{ kind: 'voucher', state: 'open', settledAt: null, settledBy: null, reason: null },
      })
      const rest = await list(`?limit=2&cursor=${nextCursor}`)
      assert.deepEqual([rest.items.map(({ id }) => id), rest.nextCursor], [[other], null])
      assert.deepEqual((await list('?state=fulfilled')).items, [])
      assert.equal((await admin('GET', `${base}?state=lost`)).status, 422)
      assert.equal((await driver('GET', base)).status, 403)
      assert.equal((await settle(wash, { state: 'fulfilled' }, driver)).status, 403)
    })

    it('are told to other systems as they are made', async () => {
      const events = await db.select().from(domainEvents).where(eq(domainEvents.type, 'PointsRedeemed'))
      assert.equal(events.length, 3)
      assert.partialDeepStrictEqual(events[0], {
        subject: first.driverId,
        data: { redemptionId: wash, offerId: 'car-wash', points: 600, valueMinor: 700, currency: 'EUR' },
      })
    })

    it('are given by one admin, who stands with them, and not twice', async () => {
      const before = await balance()
      const answers = await Promise.all([1, 2, 3].map(() => settle(donation, { state: 'fulfilled' })))
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409, 409])
      const [given] = (await list('?state=fulfilled')).items
      assert.partialDeepStrictEqual(given, { id: donation, settledAt: new Date(clock.ms).toISOString(), reason: null })
      assert.match(given?.settledBy ?? '', /^USR-/)
      assert.equal(await balance(), before)
      assert.equal((await settle('RDM-NONE', { state: 'fulfilled' })).status, 404)
    })

    it('are refused with a reason alone: the points come back, and are no more given in the year', async () => {
      const before = await balance()
      assert.equal((await rewards()).year.givenMinor, 700)
      for (const reason of [undefined, '  ', 'no'])
        assert.equal((await settle(wash, { state: 'refused', reason })).status, 422)
      assert.equal((await settle(wash, { state: 'refused', reason: 'The garage closed.' })).status, 200)
      assert.equal(await balance(), before + 600)
      assert.equal((await rewards()).year.givenMinor, 0)
      const [entry] = (await entries()).items
      assert.partialDeepStrictEqual(entry, { kind: 'redemption', cause: `redemption:${wash}`, part: 2, points: 600 })
      assert.equal((await settle(wash, { state: 'refused', reason: 'The garage closed.' })).status, 409)
      assert.equal(await balance(), before + 600)
    })

    it('are told to their driver when they are settled', async () => {
      await notifications.drain()
      const { body } = await driver('GET', `/api/v1/drivers/${first.driverId}/notifications`)
      const told = NotificationPage.parse(body).items.filter(({ kind }) => kind === 'redemption_settled')
      assert.deepEqual(
        told.map(({ data }) => data),
        [
          {
            ...{ redemptionId: wash, title: 'A car wash', titles: { de: 'Eine Autowäsche' }, points: 600 },
            ...{ state: 'refused', reason: 'The garage closed.', backPoints: 600 },
          },
          {
            ...{ redemptionId: donation, title: 'A donation to road safety', points: 400 },
            titles: { de: 'Eine Spende für die Verkehrssicherheit' },
            ...{ state: 'fulfilled', reason: null },
          },
        ],
      )
    })

    it('are in the exports of their driver and of all', async () => {
      const own = await driver('GET', `/api/v1/drivers/${first.driverId}/export?from=2026-06-01&to=2026-07-01`)
      const all = await admin('GET', '/api/v1/admin/export?what=redemptions&from=2026-06-01&to=2026-07-01')
      for (const { status, body } of [own, all]) {
        assert.equal(status, 200)
        for (const id of ids) assert.match(String(body), new RegExp(id))
        assert.match(String(body), /The garage closed\./)
      }
      assert.doesNotMatch(String(own.body), /settled_by/)
    })

    it('are settled by nobody in their own matter', async () => {
      const [login = assert.fail()] = await db.select().from(users).where(eq(users.driverId, first.driverId))
      const self = caller(app, (await sessions.issue({ ...login, role: 'admin' })).token)
      assert.equal((await settle(other, { state: 'fulfilled' }, self)).status, 403)
    })

    it('of a driver who was forgotten can be settled all the same', async () => {
      await db.update(rewardAccounts).set({ driverId: null }).where(eq(rewardAccounts.driverId, first.driverId))
      assert.partialDeepStrictEqual((await list()).items, [{ id: other, driverId: null, driverName: null }])
      assert.equal((await settle(other, { state: 'refused', reason: 'Nobody to give it to.' })).status, 200)
    })
  })
}
