import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Contest, ContestDetail } from '@fairmile/contract/http/contests.ts'
import { eq, sql } from 'drizzle-orm'
import { ruleSilentContests } from '../src/contests/rule-silent-contests.ts'
import { contests } from '../src/db/schema/contests.ts'
import { policies } from '../src/db/schema/people.ts'
import { drivingEvents } from '../src/db/schema/trips.ts'
import { billDue, billPolicy } from '../src/pricing/bill.ts'
import { contestRig, grounds, isRight } from './contest-rig.ts'
import { corneredDrive, renamed, speedingDrive } from './contested-drives.ts'
import { engines } from './engines.ts'
import { driveRecords } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`who may settle a contest, and how, on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await contestRig(database)
    const { first, second, driver, other, admin, admin2, store, contest, opened, rule, ruled } = rig
    const { consumers, premiumOf, receiptOf, ledgerOf, bill, price } = rig
    const withdraw = (of: { id: string; version: number }, who: typeof driver, body: object = {}) =>
      who('POST', `/api/v1/contests/${of.id}/withdrawal`, { version: of.version, ...body })
    const detailOf = (answer: { body: unknown }) => ContestDetail.parse(answer.body)
    const openedBy = async (n: number | string, who: typeof driver) => {
      const { status, body } = await contest(n, { reason: 'road' }, who)
      assert.equal(status, 201, JSON.stringify(body))
      return Contest.parse(body)
    }

    it('is taken back by its driver, not by an admin in their name', async () => {
      await store(0, driveRecords(1, 'count'), driveRecords(2, 'count'))
      const own = await opened(1, { reason: 'emergency' })
      assert.equal((await withdraw(own, admin, { grounds })).status, 403)
      assert.partialDeepStrictEqual(detailOf(await withdraw(own, driver)).rulings, [
        { ruling: 'withdrawn', by: 'driver' },
      ])
    })

    it('is taken back by the admin who opened it with another who says so too, and the driver may still contest', async () => {
      const forThem = await openedBy(2, admin)
      assert.equal((await withdraw(forThem, admin2, { grounds })).status, 403)
      assert.equal((await withdraw(forThem, admin)).status, 422)
      const said = detailOf(await withdraw(forThem, admin, { grounds }))
      assert.equal(said.state, 'awaiting_second')
      assert.equal((await withdraw(said, admin, { grounds })).status, 409)
      const settled = detailOf(await withdraw(said, admin2, { grounds }))
      assert.deepEqual(
        settled.rulings.map(({ ruling, by, settles }) => [ruling, by, settles]),
        [
          ['withdrawn', 'admin', false],
          ['withdrawn', 'admin', true],
        ],
      )
      assert.match(settled.rulings[1]?.userId ?? '', /^USR-/)
      const evidence = await driver('GET', '/api/v1/events/EVT-000000000002/trace')
      assert.equal((evidence.body as { contest: unknown }).contest, null)
      const own = await openedBy(2, driver)
      await withdraw(own, driver)
      assert.equal((await contest(2, { reason: 'road' }, driver)).status, 409, 'that one was theirs')
    })

    it('is taken back by no other admin once the one who opened it says something else', async () => {
      await store(0, renamed(driveRecords(23, 'count'), 'N'))
      const asked = detailOf(await withdraw(await openedBy('N', admin), admin, { grounds }))
      const meant = await ruled(asked, { ruling: 'upheld' })
      assert.equal(meant.state, 'awaiting_second')
      assert.equal((await withdraw(meant, admin2, { grounds })).status, 403)
      const again = detailOf(await withdraw(meant, admin, { grounds }))
      assert.equal(detailOf(await withdraw(again, admin2, { grounds })).state, 'withdrawn')
    })

    it('leaves the driver a week where an admin’s contest is taken back after the time for their own', async () => {
      const dayMs = 86_400_000
      const ago = (days: number) => new Date(Date.now() - days * dayMs)
      await store(0, renamed(driveRecords(24, 'count'), 'O'))
      const forThem = await openedBy('O', admin)
      await db
        .update(drivingEvents)
        .set({ toldAt: ago(31) })
        .where(eq(drivingEvents.id, forThem.eventId))
      const said = detailOf(await withdraw(forThem, admin, { grounds }))
      await withdraw(said, admin2, { grounds })
      const takenBack = (days: number) =>
        db
          .update(contests)
          .set({ settledAt: ago(days) })
          .where(eq(contests.id, forThem.id))
      await takenBack(8)
      assert.equal((await contest('O', { reason: 'road' }, driver)).status, 409)
      await takenBack(6)
      const { body } = await driver('GET', `/api/v1/events/${forThem.eventId}/trace`)
      const left = Date.parse((body as { contestableUntil: string }).contestableUntil) - Date.now()
      assert.ok(left > 0.9 * dayMs && left <= dayMs, String(left))
      const own = await openedBy('O', driver)
      assert.equal(own.onBehalf, false)
      await withdraw(own, driver)
    })

    it('is taken back for a driver by three admins where two have to rule', async () => {
      const crash = renamed(driveRecords(22, 'count'), 'M').map((record) =>
        record.type === 'event' ? { ...record, event: { ...record.event, kind: 'crash' as const } } : record,
      )
      await store(0, crash)
      let now = await openedBy('M', admin)
      for (const by of [admin, admin2]) {
        now = detailOf(await withdraw(now, by, { grounds }))
        assert.equal(now.state, 'awaiting_second')
      }
      assert.equal(detailOf(await withdraw(now, driver)).state, 'withdrawn')
    })

    it('is not rejected any more once silence has decided it', async () => {
      await store(0, driveRecords(3, 'count'))
      const late = await openedBy(3, admin)
      await db
        .update(contests)
        .set({ ruleBy: new Date(0) })
        .where(eq(contests.id, late.id))
      const refused = await rule(late, { ruling: 'rejected' })
      assert.equal(refused.status, 409)
      assert.match(JSON.stringify(refused.body), /silence/)
      assert.equal((await withdraw(late, admin, { grounds })).status, 409)
      assert.equal((await ruled(late, { ruling: 'upheld' }, admin2)).state, 'upheld')
    })

    it('is not upheld alone by the admin who opened it', async () => {
      await store(0, driveRecords(4, 'count'))
      const forThem = await openedBy(4, admin)
      const first = await ruled(forThem, { ruling: 'upheld' })
      assert.equal(first.state, 'awaiting_second')
      assert.equal((await ruled(first, { ruling: 'upheld' }, admin2)).state, 'upheld')
    })

    it('has two admins agree on every part of a word', async () => {
      await store(0, speedingDrive(5))
      const limit = { limitKmh: 70, radiusM: 100, from: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' }
      let now = await ruled(await opened(5, { reason: 'wrong_limit' }), { ruling: 'upheld', limit })
      assert.equal(now.state, 'awaiting_second', 'a limit is corrected for everyone')
      const others = [{ radiusM: 2_000 }, { limitKmh: 80 }, { from: '2025-01-01T00:00:00Z' }, { until: undefined }]
      for (const other of others) {
        now = await ruled(now, { ruling: 'upheld', limit: { ...limit, ...other } }, admin2)
        assert.equal(now.state, 'awaiting_second', JSON.stringify(other))
      }
      assert.partialDeepStrictEqual(now.rulings[0], { limit: { limitKmh: 70, radiusM: 100 } })
      // The same moment, written another way.
      now = await ruled(now, { ruling: 'upheld', limit: { ...limit, until: '2027-01-01T00:00:00.000Z' } }, admin2)
      assert.equal(now.state, 'upheld')

      const corner = corneredDrive(6).map((record) =>
        record.type === 'event' ? { ...record, event: { ...record.event, kind: 'tamper' as const } } : record,
      )
      await store(0, corner)
      now = await ruled(await opened(6, { reason: 'not_me' }), { ruling: 'upheld' })
      now = await ruled(now, { ruling: 'upheld', driverId: second.driverId }, admin2)
      assert.equal(now.state, 'awaiting_second', 'the first named nobody')
      assert.equal(now.rulings[1]?.drivenBy, second.driverId)
      assert.equal((await ruled(now, { ruling: 'upheld', driverId: second.driverId })).state, 'upheld')
    })

    it('corrects a limit for a time that there is, and in which the event lies', async () => {
      await store(0, speedingDrive(7))
      const contested = await opened(7, { reason: 'wrong_limit' })
      const times = [
        { from: '2026-06-04T12:00:00.5Z', until: '2026-06-04T12:00:00Z' },
        { from: '0000-01-01T00:00:00Z' },
        { from: '2020-01-01T00:00:00Z', until: '2020-01-02T00:00:00Z' },
        { from: '2900-01-01T00:00:00Z' },
      ]
      for (const time of times) {
        const { status } = await rule(contested, { ruling: 'upheld', limit: { limitKmh: 100, ...time } })
        assert.equal(status, 422, JSON.stringify(time))
      }
      await withdraw(contested, driver)
      await consumers.drain()
    })

    it('puts off the bill of its time, and leaves nothing to the insurer where it is taken back', async () => {
      await store(0, corneredDrive(8))
      const before = await premiumOf()
      const contested = await opened(8, { reason: 'road' })
      const ruledBy = (at: number) =>
        db
          .update(contests)
          .set({ ruleBy: new Date(at) })
          .where(eq(contests.id, contested.id))
      await ruledBy(Date.UTC(2026, 6, 10))
      assert.equal(await bill(), 5)
      const { status, body } = await admin('POST', `/api/v1/policies/${first.policyId}/bill`)
      assert.equal(status, 409)
      assert.match(JSON.stringify(body), new RegExp(`2026-06-30.*${contested.id}.*2026-07-10`))
      assert.equal(await bill(), 0)

      await ruledBy(Date.UTC(2026, 11, 31))
      assert.equal((await withdraw(contested, driver)).status, 200)
      await consumers.drain()
      assert.equal(await bill(), 1)
      const after = await premiumOf()
      assert.equal(after.premiumMinor, before.premiumMinor)
      assert.equal(after.waivedMinor, 0)
      const entries = await ledgerOf()
      assert.deepEqual(new Set(entries.map(({ kind }) => kind)), new Set(['charge']))
      assert.equal(entries[0]?.balanceMinor, after.billedMinor)
      assert.ok(isRight(await receiptOf()))
    })

    it('puts off no bill once its time is over', async () => {
      // On the first of July.
      await store(0, renamed(corneredDrive(31), 'J'))
      const contested = await opened('J', { reason: 'road' })
      const until = Date.UTC(2026, 7, 5)
      const billed = () => billPolicy(db, first.policyId, { price, until })
      await db
        .update(contests)
        .set({ ruleBy: new Date(until + 1) })
        .where(eq(contests.id, contested.id))
      const { periods, putOff } = await billed()
      assert.deepEqual([periods, putOff?.contestId], [0, contested.id])
      const told: string[] = []
      const due = await billDue(db, {
        ...{ price, nowMs: until, failed: assert.fail },
        waits: (policyId, why) => told.push(`${policyId}: ${why}`),
      })
      assert.deepEqual(due, { policies: 1, periods: 7, putOff: 1, failed: 0 }, 'the other driver is billed')
      assert.match(told.join(), new RegExp(`^${first.policyId}: .*2026-07-31.*${contested.id}`))
      await db
        .update(contests)
        .set({ ruleBy: new Date(until) })
        .where(eq(contests.id, contested.id))
      assert.equal((await billed()).periods, 1)
    })

    it('is upheld by silence also behind another that cannot be', async () => {
      await store(0, driveRecords(9, 'count'), driveRecords(10, 'count'))
      const due = [await openedBy(9, driver), await openedBy(10, driver)]
      for (const [n, { id }] of due.entries())
        await db
          .update(contests)
          .set({ ruleBy: new Date(n) })
          .where(eq(contests.id, id))
      const [broken, behind] = due.map(({ id }) => id)
      const check = sql.raw(`CHECK (contest_id <> '${broken}')`)
      await db.execute(sql`ALTER TABLE contest_rulings ADD CONSTRAINT broken ${check}`)
      const failures: string[] = []
      const failed = (id: string, error: unknown) => failures.push(`${id} ${(error as Error).cause}`)
      assert.deepEqual(await ruleSilentContests(db, { nowMs: 2, failed }), { upheld: 1, failed: 1 })
      assert.match(failures.join(), new RegExp(`^${broken} .*broken`))
      const [{ state } = assert.fail()] = await db.select().from(contests).where(eq(contests.id, behind!))
      assert.equal(state, 'upheld')
      // Once it can be, it is.
      await db.execute(sql`ALTER TABLE contest_rulings DROP CONSTRAINT broken`)
      const healed = await ruleSilentContests(db, { nowMs: 2, failed: assert.fail })
      assert.deepEqual(healed, { upheld: 1, failed: 0 })
    })

    it('says of an event what the ledger would, with the relativity that the policy starts from', async () => {
      const relativityPpm = 1_400_000
      const carried = { policyId: 'POL-0', receiptId: 'RCP-0000000000000000', relativityPpm }
      await db.update(policies).set({ carried }).where(eq(policies.id, second.policyId))
      await store(1, renamed(corneredDrive(12), 'K'), renamed(driveRecords(13), 'L'))
      const before = await premiumOf(second)
      const { id } = Contest.parse((await contest('K', { reason: 'road' }, other)).body)
      const suspended = await premiumOf(second)
      const told = ContestDetail.parse((await admin('GET', `/api/v1/contests/${id}`)).body)
      assert.ok(before.premiumMinor > suspended.premiumMinor)
      const difference = before.premiumMinor - suspended.premiumMinor
      const missed = Math.abs((told.effect?.premiumMinor ?? 0) - difference)
      assert.ok(missed <= 1, `${told.effect?.premiumMinor} instead of ${difference}`)
    })
  })
}
