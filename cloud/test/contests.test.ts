import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Contest, ContestDetail } from '@fairmile/contract/http/contests.ts'
import { DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { Trip } from '@fairmile/contract/http/trips.ts'
import { and, eq, sql } from 'drizzle-orm'
import { applyLimitCorrections } from '../src/contests/apply-limit-corrections.ts'
import { ruleSilentContests } from '../src/contests/rule-silent-contests.ts'
import { contestRulingRows } from '../src/db/schema/contests.ts'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { tripVersions } from '../src/db/schema/trip-records.ts'
import { drivingEvents } from '../src/db/schema/trips.ts'
import { contestRig, costOfBilled, grounds, isRight } from './contest-rig.ts'
import { corneredDrive, longer, renamed, speedingDrive } from './contested-drives.ts'
import { engines } from './engines.ts'
import { driveRecords } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`contests on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await contestRig(database)
    const { first, second, driver, other, admin2, get, scoreOf, premiumOf, receiptOf, causesOf, countsOf } = rig
    const { store, contest, opened, rule, ruled, admin, consumers, now, bill, ledgerOf } = rig

    it('A contested event ruled for the driver changes the score and refunds the premium, end to end', async () => {
      await store(0, driveRecords(1), corneredDrive(2), renamed(corneredDrive(20), 'D'))
      assert.equal(await bill(), 6)
      const before = { score: await scoreOf(), premium: await premiumOf() }
      const billed = before.premium.billedMinor ?? assert.fail('nothing was billed')
      assert.ok(billed > 0)
      const charges = await ledgerOf()
      assert.deepEqual(new Set(charges.map(({ kind }) => kind)), new Set(['charge']))
      const contested = await opened(2, { reason: 'emergency' })
      assert.deepEqual([contested.state, contested.onBehalf, contested.event.kind], ['open', false, 'harsh_cornering'])
      // What is disputed counts for nothing at once, and what was billed for it comes back.
      assert.deepEqual(await countsOf(2), [])
      const suspended = { score: await scoreOf(), premium: await premiumOf() }
      assert.ok(suspended.premium.premiumMinor < before.premium.premiumMinor)

      const told = await ruled(contested, { ruling: 'upheld' })
      const after = { score: await scoreOf(), premium: await premiumOf() }
      assert.ok(after.score.risk !== null && before.score.risk !== null && after.score.risk < before.score.risk)
      assert.equal(after.premium.premiumMinor, suspended.premium.premiumMinor)
      assert.ok(after.premium.cleanSharePpm > before.premium.cleanSharePpm)

      // The refund is the difference of what the time billed costs, derived anew by whoever holds the receipt; it is entered once.
      const receipt = await receiptOf()
      assert.deepEqual(receipt.rulings, [
        { eventId: 'EVT-000000000002', tripId: 'TRP-000000000002', rulingId: contested.id },
      ])
      assert.ok(isRight(receipt))
      const cost = costOfBilled(receipt)
      const entries = await ledgerOf()
      assert.deepEqual(
        entries
          .slice(0, -charges.length)
          .map(({ kind, amountMinor, balanceMinor }) => [kind, amountMinor, balanceMinor]),
        [['refund', cost - billed, cost]],
      )
      assert.ok(cost < billed)
      assert.deepEqual([after.premium.billedMinor, after.premium.waivedMinor], [cost, 0])

      // Both versions and the ruling are on record: the car's statistics as it signed them.
      assert.deepEqual(await causesOf(2), ['contest', 'contest', 'recorded'])
      const [signed] = await db
        .select()
        .from(tripVersions)
        .where(eq(tripVersions.tripId, 'TRP-000000000002'))
        .orderBy(tripVersions.version)
      assert.equal(signed?.statistics.events.length, 1)
      const [ruling] = told.rulings
      const effectMinor = before.premium.premiumMinor - suspended.premium.premiumMinor
      assert.partialDeepStrictEqual(ruling, { ruling: 'upheld', by: 'admin', grounds, settles: true })
      assert.ok(Math.abs((ruling?.effectMinor ?? 0) - effectMinor) <= 1)
      const detail = ContestDetail.parse(await get(`/api/v1/contests/${contested.id}`, driver))
      const versions = [detail.before, detail.suspended, detail.after].map((one) => [
        one?.score?.version,
        one?.premium?.premiumMinor,
      ])
      assert.deepEqual(versions, [
        [before.score.version, before.premium.premiumMinor],
        [suspended.score.version, suspended.premium.premiumMinor],
        [after.score.version, after.premium.premiumMinor],
      ])
      assert.deepEqual(detail.rulings[0]?.userId, null)
    })

    it('raises nothing that was billed where a contest is rejected', async () => {
      const before = await premiumOf()
      const contested = await opened('D', { reason: 'sensor' })
      const suspended = await premiumOf()
      const returned = (before.billedMinor ?? 0) - (suspended.billedMinor ?? 0)
      assert.ok(returned > 0)
      await ruled(contested, { ruling: 'rejected' })
      const after = await premiumOf()
      assert.equal(after.premiumMinor, before.premiumMinor)
      assert.deepEqual([after.billedMinor, after.waivedMinor], [suspended.billedMinor, returned])
      const added = (await ledgerOf()).slice(0, 3).map(({ kind, amountMinor }) => [kind, amountMinor])
      assert.deepEqual(added, [
        ['waiver', -returned],
        ['correction', returned],
        ['refund', -returned],
      ])
      const receipt = await receiptOf()
      assert.deepEqual(
        receipt.rulings.map(({ eventId }) => eventId),
        ['EVT-000000000002'],
      )
      assert.ok(isRight(receipt))
    })

    it('keeps every word for ever', async () => {
      await assert.rejects(db.update(contestRulingRows).set({ grounds: 'nothing' }))
      await assert.rejects(db.delete(contestRulingRows))
      await assert.rejects(async () => await db.execute(sql`TRUNCATE contest_rulings`))
      assert.ok((await db.select().from(contestRulingRows)).every((row) => row.grounds === grounds))
    })

    it('is opened by the driver alone or for them by an admin, once, and in time', async () => {
      const statuses = [
        (await contest(2, { reason: 'road' })).status,
        (await contest(1, { reason: 'road' }, other)).status,
        (await contest(1, { reason: 'bad luck' })).status,
        // No limit was asked about a harsh braking; the contest is not used up by it.
        (await contest(1, { reason: 'wrong_limit' })).status,
      ]
      await db
        .update(drivingEvents)
        .set({ toldAt: sql`now() - interval '31 days'` })
        .where(eq(drivingEvents.id, 'EVT-000000000001'))
      statuses.push((await contest(1, { reason: 'road' })).status)
      assert.deepEqual(statuses, [409, 404, 422, 422, 409])
      await db
        .update(drivingEvents)
        .set({ toldAt: sql`now() - interval '29 days'` })
        .where(eq(drivingEvents.id, 'EVT-000000000001'))
      const told = Contest.parse((await contest(1, { reason: 'road' }, admin)).body)
      assert.deepEqual([told.onBehalf, told.driverId], [true, first.driverId])
      for (const path of [`contests/${told.id}`, `events/${told.eventId}/trace`, `drivers/${first.driverId}/contests`])
        assert.equal((await other('GET', `/api/v1/${path}`)).status, 404, path)
      assert.equal((await driver('GET', '/api/v1/contests')).status, 403)
    })

    it('counts again when it is rejected, also by a record of the car that came meanwhile', async () => {
      await store(0, driveRecords(3, 'count'))
      const before = await premiumOf()
      const contested = await opened(3, { reason: 'sensor' })
      await store(0, longer(3, 600))
      assert.deepEqual([await countsOf(3), await causesOf(3)], [[], ['contest', 'corrected', 'contest', 'recorded']])
      const suspended = await premiumOf()
      // Nobody overrules what they have not seen.
      assert.equal((await rule({ ...contested, version: 2 }, { ruling: 'rejected' })).status, 409)
      assert.equal((await rule(contested, { ruling: 'rejected', grounds: 'no' })).status, 422)
      await ruled(contested, { ruling: 'rejected' })
      assert.equal((await rule(contested, { ruling: 'upheld' })).status, 409)
      assert.deepEqual(await countsOf(3), ['harsh_braking count'])
      const after = await premiumOf()
      assert.ok(after.premiumMinor > suspended.premiumMinor && after.premiumMinor > before.premiumMinor)
    })

    it('is taken back by the driver', async () => {
      await store(0, driveRecords(4, 'count'))
      const { id, version } = await opened(4, { reason: 'other' })
      const withdraw = (who: typeof driver) => who('POST', `/api/v1/contests/${id}/withdrawal`, { version })
      assert.equal((await withdraw(other)).status, 404)
      assert.equal(ContestDetail.parse((await withdraw(driver)).body).state, 'withdrawn')
      assert.deepEqual(await countsOf(4), ['harsh_braking count'])
    })

    it('is upheld by silence after ten working days', async () => {
      const { items } = (await get('/api/v1/contests')) as Page<Contest>
      assert.deepEqual(
        items.map(({ eventId }) => eventId),
        ['EVT-000000000001'],
      )
      const [{ id, ruleBy, driverId } = assert.fail()] = items
      const silence = (nowMs: number) => ruleSilentContests(db, { nowMs, failed: assert.fail })
      assert.deepEqual(await silence(Date.parse(ruleBy) - 1), { upheld: 0, failed: 0 })
      assert.deepEqual(await silence(Date.parse(ruleBy)), { upheld: 1, failed: 0 })
      assert.deepEqual(await silence(Date.parse(ruleBy)), { upheld: 0, failed: 0 })
      const [told] = await db
        .select({ subject: domainEvents.subject, data: domainEvents.data })
        .from(domainEvents)
        .where(and(eq(domainEvents.type, 'ContestRuled'), sql`data ->> 'by' = 'silence'`))
      assert.equal(told?.subject, driverId)
      assert.partialDeepStrictEqual(told?.data, { contestId: id, driverId, ruling: 'upheld' })
    })

    it('asks two admins where much hangs on it', async () => {
      const [start, event, trip] = driveRecords(5)
      if (event?.type !== 'event' || !start || !trip) return assert.fail()
      await store(0, [start, { type: 'event', event: { ...event.event, kind: 'tamper' } }, trip])
      let contested: Contest = await opened(5, { reason: 'other' })
      contested = await ruled(contested, { ruling: 'upheld' })
      assert.equal(contested.state, 'awaiting_second')
      assert.equal((await rule(contested, { ruling: 'upheld' })).status, 409)
      assert.deepEqual(Contest.parse(await get(`/api/v1/contests/${contested.id}`, driver)).rulings, [])
      contested = await ruled(contested, { ruling: 'rejected' }, admin2)
      assert.equal(contested.state, 'awaiting_second')
      contested = await ruled(contested, { ruling: 'rejected' })
      assert.deepEqual(
        [contested.state, contested.rulings.map(({ settles }) => settles)],
        ['rejected', [false, false, true]],
      )
    })

    it('corrects a limit for everyone who drove there, in that direction', async () => {
      await store(0, speedingDrive(8))
      await store(1, speedingDrive(9), renamed(speedingDrive(1, { south: true }), 'A'))
      const before = { own: await premiumOf(), theirs: await premiumOf(second) }
      const contested = await opened(8, { reason: 'wrong_limit', limitKmh: 80 })
      assert.equal((await rule(contested, { ruling: 'upheld' })).status, 422)
      assert.equal((await rule(contested, { ruling: 'upheld', limit: { limitKmh: 50 } })).status, 422)
      const first = await ruled(contested, { ruling: 'upheld', limit: { limitKmh: 70 } })
      await ruled(first, { ruling: 'upheld', limit: { limitKmh: 70 } }, admin2)
      // By the true limit it is told, and does not count.
      assert.deepEqual(await countsOf(8), ['speeding coach'])
      assert.ok((await premiumOf()).premiumMinor < before.own.premiumMinor)
      assert.deepEqual(await countsOf(9), ['speeding count'])

      assert.deepEqual(await applyLimitCorrections(db, { nowMs: now(), failed: assert.fail }), {
        corrections: 1,
        trips: 1,
        failed: 0,
      })
      await consumers.drain()
      assert.deepEqual([await countsOf(9), await causesOf(9)], [['speeding coach'], ['limit_corrected', 'recorded']])
      assert.ok((await premiumOf(second)).premiumMinor < before.theirs.premiumMinor)
      const events = Trip.parse(await get('/api/v1/trips/TRP-00000000000A')).events
      assert.deepEqual(
        events.map(({ band }) => band),
        ['count'],
      )
      assert.deepEqual(await applyLimitCorrections(db, { nowMs: now(), failed: assert.fail }), {
        corrections: 0,
        trips: 0,
        failed: 0,
      })

      // What comes late is judged by it too.
      await store(1, renamed(speedingDrive(2), 'B'))
      assert.deepEqual(await applyLimitCorrections(db, { nowMs: now(), failed: assert.fail }), {
        corrections: 0,
        trips: 1,
        failed: 0,
      })
      const late = Trip.parse(await get('/api/v1/trips/TRP-00000000000B')).events
      assert.deepEqual(
        late.map(({ band }) => band),
        ['coach'],
      )
    })

    it('shows what an event was judged on', async () => {
      const evidence = DrivingEventEvidence.parse(await get('/api/v1/events/EVT-000000000008/trace', driver))
      assert.deepEqual([evidence.trace?.offsetMs.length, evidence.limitKmh, evidence.grade], [401, 50, 'A'])
      assert.deepEqual([evidence.calibration.state, evidence.contest?.state], ['not_asked', 'upheld'])
      const brake = DrivingEventEvidence.parse(await get('/api/v1/events/EVT-000000000001/trace', driver))
      assert.deepEqual(brake.calibration, { state: 'within', maxSigmaG: 0.02 })
      assert.ok(Math.abs((brake.trace?.alongG[0] ?? 0) + 4 / 9.80665) < 1e-6)
    })
  })
}
