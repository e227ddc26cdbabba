import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { NotificationPage } from '@fairmile/contract/http/notifications.ts'
import { postingsFor } from '@fairmile/models/rewards/postings.ts'
import { sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { createNotificationConsumer } from '../src/notify/notification-consumer.ts'
import { causesOf, lockAccount } from '../src/rewards/account.ts'
import { post } from '../src/rewards/post.ts'
import { engines } from './engines.ts'
import { rewardsRig } from './rewards-rig.ts'

const donation = 'road-safety-donation'

for (const engine of engines()) {
  describe(`a redemption that is refused on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await rewardsRig(database)
    const { clock, first, admin, driver, consumers, balance, entries, store, drive, redeem, correct, keyOf } = rig
    let keys = 0
    const spend = async () => {
      const { status, body } = await redeem(donation, keyOf(++keys))
      assert.equal(status, 201)
      return (body as { id: string }).id
    }
    const refuse = async (id: string) => {
      const body = { state: 'refused', reason: 'The garage closed.' }
      assert.equal((await admin('POST', `/api/v1/admin/rewards/redemptions/${id}/settlement`, body)).status, 200)
    }
    const notifications = createConsumers({
      ...{ db, handlers: { notification: createNotificationConsumer() } },
      ...{ metrics: createMetrics(), log: createLog({ level: 'silent' }) },
    })
    /** What its driver is told of the points of one. */
    const told = async (id: string) => {
      await notifications.drain()
      const { body } = await driver('GET', `/api/v1/drivers/${first.driverId}/notifications?limit=100`)
      for (const { kind, data } of NotificationPage.parse(body).items)
        if (kind === 'redemption_settled' && data.redemptionId === id)
          return { points: data.points, backPoints: data.backPoints }
      return assert.fail(`nothing is told of ${id}`)
    }
    const borne = async () => {
      const sum = sql`SELECT coalesce(-sum(points), 0)::int AS points FROM reward_entries e
        JOIN reward_accounts a ON a.id = e.account_id WHERE a.kind = 'goodwill'`
      return (await selectRows<{ points: number }>(db, sum))[0]?.points
    }
    const held = async () => [await balance(), await borne()]
    const putDown = async (trip: string) => {
      await admin('POST', `/api/v1/trips/${trip}/driver`, { driverId: null, reason: 'the garage drove it' })
      await consumers.drain()
    }
    /** Makes a week worth so many points, more than any driving is. */
    const worth = (week: string, target: number) =>
      db.transaction(async (tx) => {
        const { id: accountId, balance } = await lockAccount(tx, first.driverId)
        const cause = `week:${week}`
        const { issued, borne, parts } = (await causesOf(tx, accountId, [cause])).get(cause) ?? {
          ...{ issued: 0, borne: 0, parts: 0 },
        }
        const entries = postingsFor({ target, issued, borne, balance })
        const common = { accountId, kind: 'week', at: new Date(clock.ms), catalogue: 'a test' } as const
        if (entries.length > 0) await post(tx, { ...common, cause, part: parts + 1, entries })
      })
    await store(1, 'coach')
    await drive(2, 'count')
    assert.equal(await balance(), 100)

    it('brings back no point that is no more due, and each that is due again', async () => {
      await correct(300)
      const id = await spend()
      await drive(4, 'count')
      assert.deepEqual(await held(), [0, 14])
      await refuse(id)
      assert.deepEqual(await held(), [386, 0])
      assert.deepEqual(await told(id), { points: 400, backPoints: 386 })
      const [taken, back] = (await entries()).items
      assert.partialDeepStrictEqual(back, { cause: `redemption:${id}`, part: 2, points: 400 })
      assert.partialDeepStrictEqual(taken, { kind: 'week', cause: 'week:2026-06-01', part: 3, points: -14 })
      await drive(4, 'count')
      assert.deepEqual(await held(), [386, 0])
      assert.equal((await redeem(donation, keyOf(++keys))).status, 409)
      await putDown('TRP-000000000004')
      assert.deepEqual(await held(), [400, 0])
    })

    it('leaves borne what goodwill bore before it was redeemed', async () => {
      await correct(-400)
      await drive(5, 'count')
      assert.deepEqual(await held(), [0, 34])
      await correct(400)
      const id = await spend()
      await refuse(id)
      assert.deepEqual(await held(), [400, 34])
      assert.deepEqual(await told(id), { points: 400, backPoints: 400 })
    })

    it('gives back no more to goodwill than came back, what it came to bear last first', async () => {
      await correct(-400)
      for (const week of ['2025-01-06', '2025-01-13']) await worth(week, 400)
      const [one, other] = [await spend(), await spend()]
      await worth('2025-01-06', 0)
      await worth('2025-01-13', 300)
      assert.deepEqual(await held(), [0, 534])
      await refuse(one)
      assert.deepEqual(await held(), [0, 134])
      const causes = (await entries()).items.slice(0, 3).map(({ cause, points }) => [cause, points])
      assert.deepEqual(causes, [
        ['week:2025-01-06', -300],
        ['week:2025-01-13', -100],
        [`redemption:${one}`, 400],
      ])
      await refuse(other)
      assert.deepEqual(await held(), [300, 34])
      assert.deepEqual([(await told(one)).backPoints, (await told(other)).backPoints], [0, 300])
    })
  })
}
