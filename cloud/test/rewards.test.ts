import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from '@fairmile/contract/http/page.ts'
import { LeaderBoard, type RewardEntry } from '@fairmile/contract/http/rewards.ts'
import { eq, sql } from 'drizzle-orm'
import { devices } from '../src/db/schema/devices.ts'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { caller } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { catalogue, rewardsRig } from './rewards-rig.ts'

for (const engine of engines()) {
  describe(`rewards on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await rewardsRig(database)
    const { app, clock, first, second, driver, other, admin, base, tokenOf, consumers } = rig
    const { rewards, balance, entries, store, drive, correct, keyOf, close } = rig

    it('give a closed week’s points, and a milestone’s, and nothing twice', async () => {
      await store(1, 'coach')
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
      await drive(2, 'count')
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
      assert.deepEqual(await close(), { drivers: 0, posted: 0, failed: 0 })
    })

    it('let challenges be joined, left, reached without driving, and missed', async () => {
      const path = `${base}/challenges/gentle-fortnight`
      const state = async () => (await rewards()).challenges.find(({ id }) => id === 'gentle-fortnight')?.state
      assert.equal(await state(), 'open')
      for (const method of ['PUT', 'DELETE'])
        assert.equal((await admin(method, path)).status, 403, 'it is no wish of theirs')
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

    it('are given to others where those of one driver cannot be', async () => {
      clock.ms += 21 * 86_400_000
      await db
        .update(devices)
        .set({ lastSeenAt: new Date(clock.ms) })
        .where(eq(devices.id, second.id))
      const before = await balance(second.driverId)
      const check = sql.raw(`CHECK (driver_id <> '${first.driverId}') NOT VALID`)
      await db.execute(sql`ALTER TABLE reward_accounts ADD CONSTRAINT broken ${check}`)
      const failures: string[] = []
      const told = await close((driverId, error) => failures.push(`${driverId} ${(error as Error).cause}`))
      assert.equal(told.failed, 1)
      assert.match(failures.join(), new RegExp(`^${first.driverId} .*broken`))
      assert.ok((await balance(second.driverId)) > before, 'who comes after them has their weeks closed')
      await db.execute(sql`ALTER TABLE reward_accounts DROP CONSTRAINT broken`)
      assert.equal((await close()).failed, 0)
    })
  })
}
