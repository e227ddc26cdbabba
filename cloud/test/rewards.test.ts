import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { LeaderBoard, Redemption, type RewardEntry, Rewards } from '@fairmile/contract/http/rewards.ts'
import { eq, sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { devices } from '../src/db/schema/devices.ts'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { rewardAccounts } from '../src/db/schema/rewards.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { closeRewardWeeks } from '../src/rewards/close-weeks.ts'
import { loadRewardCatalogue } from '../src/rewards/load-catalogue.ts'
import { createRewardsConsumer } from '../src/rewards/rewards-consumer.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const catalogue = loadRewardCatalogue()
const donation = 'road-safety-donation'

for (const engine of engines()) {
  describe(`rewards on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const first = await addDevice(db, 1)
    const second = await addDevice(db, 2)
    const lane = laneOf(first, 'trips')
    const clock = { ms: Date.UTC(2026, 5, 12, 12) }
    const now = () => clock.ms
    const secret = new Uint8Array(32).fill(3)
    const { app, sessions } = createTestApp(db, { rewards: { catalogue, secret, now } })
    const consumers = createConsumers({
      db,
      handlers: { rewards: createRewardsConsumer({ catalogue, now }) },
      metrics: createMetrics(),
      log: createLog({ level: 'silent' }),
      now: () => Date.now() + 1_000,
    })
    const tokenOf = async (email: string, driverId: string | null) =>
      (await sessions.issue(await addUser(db, email, driverId))).token
    const token = await tokenOf('first@example.org', first.driverId)
    const driver = caller(app, token)
    const other = caller(app, await tokenOf('second@example.org', second.driverId))
    const admin = caller(app, await tokenOf('admin@example.org', null))
    const base = `/api/v1/drivers/${first.driverId}/rewards`
    // As admin: the driver's own answers are kept for a minute.
    const rewards = async (id = first.driverId) =>
      Rewards.parse((await admin('GET', `/api/v1/drivers/${id}/rewards?at=${clock.ms}-${Math.random()}`)).body)
    const balance = async (id = first.driverId) => (await rewards(id)).balance
    const entries = async () => (await driver('GET', `${base}/entries?limit=100`)).body as Page<RewardEntry>
    const drive = async (n: number, band: DrivingEvent['band']) => {
      await storeDrives(database, lane, [driveRecords(n, band)])
      await consumers.drain()
    }
    const redeem = async (offerId: string, key: string) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key }
      const body = JSON.stringify({ offerId })
      const response = await app.request(`${base}/redemptions`, { method: 'POST', headers, body })
      return { status: response.status, body: (await response.json()) as unknown }
    }
    const correct = (points: number, driverId = first.driverId) =>
      admin('POST', '/api/v1/admin/rewards/corrections', { driverId, points, reason: 'a test' })
    const keyOf = (n: number) => `key-of-a-redemption-${n}`
    const close = () => closeRewardWeeks(db, { catalogue, now: clock.ms })

    it('give a closed week’s points, and a milestone’s, and nothing twice', async () => {
      await storeDrives(database, lane, [driveRecords(1, 'coach')])
      await drive(2, 'count')
      // Six clean days of 10, five calm ones of 4, and 20 for the calm week from 3 June on.
      assert.equal(await balance(), 100)
      const { items } = await entries()
      assert.deepEqual(items.map(({ cause, points, part }) => [cause, points, part]).toSorted(), [
        ['milestone:calm-week', 20, 1],
        ['week:2026-06-01', 80, 1],
      ])
      const [event] = await db.select().from(domainEvents).where(eq(domainEvents.type, 'TripCompleted'))
      await recordDomainEvent(db, event as Parameters<typeof recordDomainEvent>[1])
      await consumers.drain()
      await storeDrives(database, lane, [driveRecords(2, 'count')])
      await consumers.drain()
      assert.deepEqual((await entries()).items.length, 2)
    })

    it('are set right by an entry when a trip comes late', async () => {
      await drive(3, 'count')
      assert.equal(await balance(), 86)
      const [newest] = (await entries()).items
      assert.partialDeepStrictEqual(newest, { kind: 'week', cause: 'week:2026-06-01', part: 2, points: -14 })
      const { weeks } = await rewards()
      assert.partialDeepStrictEqual(weeks.at(-1), { week: '2026-06-01', state: 'closed', points: 66, cleanDays: 5 })
    })

    it('follow a trip that was given to another driver, for both', async () => {
      const path = '/api/v1/trips/TRP-000000000003/driver'
      await admin('POST', path, { driverId: second.driverId, reason: 'a swap of cars' })
      await consumers.drain()
      // The box of the second driver's car has said nothing yet.
      assert.deepEqual([await balance(), await balance(second.driverId)], [100, 0])
      await db
        .update(devices)
        .set({ lastSeenAt: new Date(clock.ms) })
        .where(eq(devices.id, second.id))
      assert.deepEqual((await close()).drivers, 1)
      // From 3 June on: five days of which four were calm, and no calm week but from the fourth.
      assert.equal(await balance(second.driverId), 56 + 20)
      assert.deepEqual(await close(), { drivers: 0, posted: 0 })
    })

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

    it('let challenges be joined, left, reached without driving, and missed', async () => {
      const path = `${base}/challenges/gentle-fortnight`
      const state = async () => (await rewards()).challenges.find(({ id }) => id === 'gentle-fortnight')?.state
      assert.equal(await state(), 'open')
      assert.equal((await driver('PUT', path)).status, 200)
      assert.equal((await driver('DELETE', path)).status, 200)
      assert.equal(await state(), 'open')
      for (const { status } of await Promise.all([driver('PUT', path), driver('PUT', path)])) assert.equal(status, 200)
      assert.equal(await state(), 'running')
      assert.equal((await driver('PUT', `${base}/challenges/none`)).status, 404)
      await drive(5, 'count')
      assert.equal(await state(), 'running', 'a trip from before the joining does not count')
      const before = await balance()
      clock.ms = Date.UTC(2026, 5, 28, 13)
      assert.equal(await state(), 'waiting')
      clock.ms += 2 * 86_400_000
      await close()
      assert.equal(await state(), 'reached')
      assert.equal((await driver('DELETE', path)).status, 409)
      assert.equal((await driver('PUT', path)).status, 409)
      const causes = (await entries()).items.map(({ cause }) => cause.split(':').slice(0, 2).join(':'))
      assert.ok(causes.includes('challenge:gentle-fortnight'))
      assert.ok(causes.includes('week:2026-06-08') && causes.includes('week:2026-06-15'))
      assert.ok((await balance()) >= before + 60 + 2 * 98)
    })

    it('have leader boards without names, from five on, by one’s own wish', async () => {
      const board = async (as = driver) => LeaderBoard.parse((await as('GET', '/api/v1/leader-boards/LBD-WEEK')).body)
      const members = await Promise.all(
        [3, 4, 5].map(async (n) => {
          const { driverId } = await addDevice(db, n)
          await db.execute(sql`INSERT INTO reward_weeks (driver_id, week, points, judged, judged_at)
            VALUES (${driverId}, '2026-06-15', ${n * 10}, '{}', now())`)
          return { driverId, call: caller(app, await tokenOf(`member${n}@example.org`, driverId)) }
        }),
      )
      const join = (call: typeof driver, driverId: string, takesPart = true) =>
        call('PUT', `/api/v1/drivers/${driverId}/rewards/leader-board`, { boardId: 'LBD-WEEK', takesPart })
      assert.equal((await join(admin, first.driverId)).status, 403)
      for (const { driverId, call } of members) assert.equal((await join(call, driverId)).status, 200)
      assert.equal((await join(driver, first.driverId)).status, 200)
      assert.partialDeepStrictEqual(await board(), { shown: false, rows: [], own: null, week: null })
      await db
        .update(devices)
        .set({ lastSeenAt: new Date(clock.ms) })
        .where(eq(devices.id, second.id))
      await close()
      assert.equal((await join(other, second.driverId)).status, 200)
      const shown = await board()
      assert.deepEqual([shown.shown, shown.rows.length, shown.week, shown.own?.of], [true, 5, '2026-06-15', 5])
      assert.deepEqual(
        shown.rows.slice(2).map(({ place, points, own }) => [place, points, own]),
        [
          [3, 50, false],
          [4, 40, false],
          [5, 30, false],
        ],
      )
      assert.equal(shown.rows.filter(({ own }) => own).length, 1)
      assert.doesNotMatch(JSON.stringify(shown), /DRV-|Driver \d/)
      assert.deepEqual(
        new Set((await board(other)).rows.map(({ name }) => name)),
        new Set(shown.rows.map(({ name }) => name)),
      )
      assert.equal((await join(other, second.driverId, false)).status, 200)
      assert.equal((await board()).shown, false)
      assert.equal((await driver('GET', '/api/v1/leader-boards/LBD-NONE')).status, 404)
    })

    it('are seen by their driver and admins alone, and spent by the driver alone', async () => {
      const before = await balance()
      const token = await tokenOf('spender@example.org', null)
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': keyOf(99),
      }
      const body = JSON.stringify({ offerId: catalogue.offers[0]?.id })
      assert.equal((await app.request(`${base}/redemptions`, { method: 'POST', headers, body })).status, 403)
      assert.equal(await balance(), before)
      for (const path of [base, `${base}/entries`]) assert.equal((await other('GET', path)).status, 404)
      assert.equal((await other('PUT', `${base}/challenges/gentle-fortnight`)).status, 404)
      assert.equal((await admin('GET', '/api/v1/drivers/DRV-9999/rewards')).status, 404)
      const catalogueStatus = (await driver('GET', '/api/v1/admin/rewards/catalogue')).status
      assert.deepEqual(
        [catalogueStatus, (await driver('POST', '/api/v1/admin/rewards/corrections', {})).status],
        [403, 403],
      )
      assert.deepEqual((await admin('GET', '/api/v1/admin/rewards/catalogue')).body, catalogue)
      assert.equal((await correct(5, 'DRV-9999')).status, 404)
      assert.equal((await correct(0)).status, 422)
      const pageOf = async (query: string) =>
        (await driver('GET', `${base}/entries?${query}`)).body as Page<RewardEntry>
      const page = await pageOf('limit=2')
      const next = await pageOf(`limit=2&cursor=${page.nextCursor}`)
      assert.deepEqual(
        [...page.items, ...next.items].map(({ id }) => id),
        (await entries()).items.slice(0, 4).map(({ id }) => id),
      )
    })
  })
}
