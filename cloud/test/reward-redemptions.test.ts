import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Redemption } from '@fairmile/contract/http/rewards.ts'
import { eq, sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { policies } from '../src/db/schema/people.ts'
import { rewardAccounts } from '../src/db/schema/rewards.ts'
import { engines } from './engines.ts'
import { rewardsRig } from './rewards-rig.ts'

const donation = 'road-safety-donation'

for (const engine of engines()) {
  describe(`points that are spent on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await rewardsRig(database)
    const { first, admin, consumers, rewards, balance, entries, store, drive, redeem, correct, keyOf } = rig
    await store(1, 'coach')
    await drive(2, 'count')
    assert.equal(await balance(), 100)

    it('never spend more than there is, with fifty redemptions at once', async () => {
      assert.equal((await redeem(donation, keyOf(0))).status, 409)
      assert.deepEqual((await correct(1000)).status, 201)
      const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => redeem(donation, keyOf(n + 1))))
      const made = answers.filter(({ status }) => status === 201)
      assert.deepEqual([made.length, answers.filter(({ status }) => status === 409).length], [2, 48])
      assert.equal(await balance(), 300)
      const spent = (await entries()).items.flatMap(({ kind, points }) => (kind === 'redemption' ? [points] : []))
      assert.deepEqual(spent, [-400, -400])
    })

    it('spend once for a key, whenever it comes again', async () => {
      await correct(1000)
      const made = Redemption.parse((await redeem(donation, keyOf(100))).body)
      await db.execute(sql`DELETE FROM idempotency_keys`)
      assert.equal(Redemption.parse((await redeem(donation, keyOf(100))).body).id, made.id)
      assert.equal((await redeem('car-wash', keyOf(101))).status, 201)
      await db.execute(sql`DELETE FROM idempotency_keys`)
      assert.equal((await redeem('car-wash', keyOf(100))).status, 409)
      assert.equal(await balance(), 300)
    })

    it('give no more in a year than the law allows, and nothing that it does not', async () => {
      await correct(5000)
      assert.equal((await redeem('car-wash', keyOf(110))).status, 201)
      const over = await redeem('car-wash', keyOf(111))
      assert.equal(over.status, 409)
      assert.match(JSON.stringify(over.body), /more in this calendar year/)
      assert.match(JSON.stringify((await redeem('deductible-25', keyOf(112))).body), /may not be given/)
      assert.equal((await redeem('nothing', keyOf(113))).status, 404)
      const { year, offers } = await rewards()
      assert.deepEqual(year, { givenMinor: 1400, mostMinor: 1500, currency: 'EUR', title: 'Small gifts alone' })
      assert.deepEqual(
        offers.map(({ refusal }) => refusal),
        [null, 'over_the_year', 'over_the_year', 'kind_not_allowed'],
      )
    })

    it('are given for what the place of a policy allows, whatever its plan', async () => {
      const sold = async (planId: string, rated: { jurisdiction?: string }) => {
        await db.update(policies).set({ planId, rated }).where(eq(policies.driverId, first.driverId))
        return (await rewards()).year.title
      }
      assert.equal(await sold('fairmile-2', { jurisdiction: 'DE' }), 'Small gifts alone')
      assert.equal(await sold('fairmile-1', { jurisdiction: 'US-CA' }), 'Donations alone')
      assert.match(JSON.stringify((await redeem('car-wash', keyOf(120))).body), /may not be given/)
      assert.equal(await sold('fairmile-2', {}), 'Donations alone')
      assert.equal(await sold('fairmile-1', {}), 'Small gifts alone')
    })

    it('never become negative: what was spent is borne by goodwill, and paid back first', async () => {
      assert.equal((await correct(-(await balance()))).status, 201)
      assert.equal((await correct(-1)).status, 409)
      await drive(4, 'count')
      assert.equal(await balance(), 0)
      const borne = async () =>
        (
          await selectRows<{ points: number }>(
            db,
            sql`SELECT coalesce(sum(points), 0)::int AS points FROM reward_entries e
                JOIN reward_accounts a ON a.id = e.account_id WHERE a.kind = 'goodwill'`,
          )
        )[0]?.points
      assert.equal(await borne(), -14)
      await admin('POST', '/api/v1/trips/TRP-000000000004/driver', { driverId: null, reason: 'the garage drove it' })
      await consumers.drain()
      assert.deepEqual([await balance(), await borne()], [0, 0])
    })

    it('stand in a ledger that adds up and is never rewritten', async () => {
      const sums = await selectRows(
        db,
        sql`SELECT transaction_id FROM reward_entries GROUP BY transaction_id HAVING sum(points) <> 0`,
      )
      assert.deepEqual(sums, [])
      const wrong = sql`SELECT a.id FROM reward_accounts a LEFT JOIN reward_entries e ON e.account_id = a.id
        WHERE a.kind = 'driver' GROUP BY a.id HAVING a.balance <> coalesce(sum(e.points), 0)`
      assert.deepEqual(await selectRows(db, wrong), [])
      const [account = assert.fail()] = await db
        .select()
        .from(rewardAccounts)
        .where(eq(rewardAccounts.driverId, first.driverId))
      const refused = async (text: string, by: RegExp) =>
        assert.rejects(
          database.scripted(({ script }) => script(text)),
          (error: Error) => by.test(String(error.cause ?? error)) || by.test(error.message),
          text,
        )
      const insert = (rows: string) =>
        `INSERT INTO reward_transactions (account_id, kind, cause, part, made_at, catalogue)
           VALUES (${account.id}, 'week', 'week:1999-01-04', 1, now(), 'x');
         INSERT INTO reward_entries (transaction_id, account_id, points)
           SELECT max(t.id), v.account, v.points FROM reward_transactions t, (VALUES ${rows}) AS v (account, points)
           GROUP BY v.account, v.points`
      await refused('UPDATE reward_entries SET points = 1', /takes no UPDATE/)
      await refused('DELETE FROM reward_transactions', /takes no DELETE/)
      await refused(insert(`(${account.id}, 5)`), /does not add up/)
      await refused(insert(`(${account.id}, -1), (1, 1)`), /never_negative/)
      await refused(
        "INSERT INTO reward_transactions (account_id, kind, cause, part, made_at, catalogue) VALUES (1, 'correction', 'x', 1, now(), 'x')",
        /by_hand/,
      )
    })
  })
}
