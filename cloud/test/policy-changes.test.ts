import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Driver } from '@fairmile/contract/http/drivers.ts'
import { PolicyDetail } from '@fairmile/contract/http/policies.ts'
import { eq } from 'drizzle-orm'
import { policies } from '../src/db/schema/people.ts'
import { ratingPlans } from '../src/db/schema/plans.ts'
import { premiums } from '../src/db/schema/pricing.ts'
import { policyAt } from '../src/drivers/policy-at.ts'
import { billDue, billPolicy } from '../src/pricing/bill.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricePolicy } from '../src/pricing/price-policy.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { policyCalls } from './policy-rig.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const base = loadPlans().get('fairmile-1') ?? assert.fail()
const byPlace = loadPlans().get('fairmile-2') ?? assert.fail()
const plans = new Map([
  ['fairmile-1', base],
  ['by-place', { ...byPlace, id: 'by-place', effectiveFrom: '2020-01-01' }],
  ['gone', { ...base, id: 'gone' }],
  ['past', { ...byPlace, id: 'past', effectiveFrom: '2020-01-01', effectiveUntil: '2026-03-01' }],
])
const pathOf = (problem: unknown) => (problem as { errors: { path: string }[] }).errors[0]?.path
const nowMs = Date.UTC(2026, 6, 20)

for (const engine of engines()) {
  describe(`policies that are changed more than once on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const price = createPricePolicy({ model, plans, now: () => nowMs })
    const { app, sessions } = createTestApp(db, { model: async () => model, plans, now: () => nowMs })
    const [first, second] = [await addDevice(db, 1), await addDevice(db, 2)]
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const { post, done, get } = policyCalls(admin)
    const reason = 'it was sold'
    const policy = { vehicle: { name: 'A car' }, planId: 'fairmile-1', driverId: first.driverId }

    it('voids a next term before it begins, which can then be bound anew', async () => {
      const next = await done(first.policyId, 'renew', {})
      const voided = await done(next.id, 'cancel', { on: next.startsOn, reason })
      assert.deepEqual([voided.state, voided.startsOn, voided.endsOn], ['voided', '2027-01-01', '2026-12-31'])
      assert.deepEqual(
        voided.history.map((change) => [change.kind, change.reason]),
        [
          ['bound', 'the next term'],
          ['voided', reason],
        ],
      )
      const at = new Date('2027-01-01T12:00:00Z')
      assert.equal(await policyAt(db, { vehicleId: first.vehicleId, at }), null)
      assert.equal((await post(next.id, 'cancel', { on: next.startsOn, reason })).status, 409)
      assert.equal((await get(first.policyId)).state, 'active')
      const again = await done(first.policyId, 'renew', {})
      assert.equal((await policyAt(db, { vehicleId: first.vehicleId, at }))?.policyId, again.id)
      const { items } = (await admin('GET', '/api/v1/admin/policies?limit=50')).body as {
        items: { id: string; state: string; outcome: string; renewal: { id: string } | null }[]
      }
      const listed = (id: string) => items.find((item) => item.id === id)
      assert.deepEqual([listed(next.id)?.state, listed(first.policyId)?.renewal?.id], ['voided', again.id])
      assert.deepEqual([listed(first.policyId)?.outcome, listed(next.id)?.outcome], ['renewed', 'voided'])
      const found = (await admin('GET', '/api/v1/admin/policies?state=voided')).body as { items: { id: string }[] }
      assert.deepEqual(
        found.items.map(({ id }) => id),
        [next.id],
      )
      await addUser(db, 'first@example.org', first.driverId)
      const { body: driver } = await admin('GET', `/api/v1/drivers/${first.driverId}`)
      const states = Driver.parse(driver).policies.map(({ id, state }) => [id, state])
      assert.deepEqual(new Map(states as [string, string][]).get(next.id), 'voided')
    })

    it('cuts a policy that was renewed early, and voids what follows it', async () => {
      const [after] = await db
        .select()
        .from(policies)
        .where(eq(policies.follows, first.policyId))
        .orderBy(policies.createdAt)
        .offset(1)
      const next = after ?? assert.fail()
      const afterNext = await done(next.id, 'renew', {})
      const endorsed = await done(first.policyId, 'endorse', { on: '2026-09-01', vehicle: { name: 'Another' }, reason })
      assert.deepEqual([endorsed.startsOn, endorsed.endsOn, endorsed.state], ['2026-09-01', '2026-12-31', 'active'])
      const states = [first.policyId, next.id, afterNext.id].map(async (id) => (await get(id)).state)
      assert.deepEqual(await Promise.all(states), ['endorsed', 'voided', 'voided'])
      const { calculatedAt } = premiums
      const priced = await db.select({ calculatedAt }).from(premiums).where(eq(premiums.policyId, first.policyId))
      const moments = new Set(priced.map((premium) => premium.calculatedAt.getTime()))
      assert.deepEqual(moments, new Set([nowMs]), 'by the clock that was given')

      const renewed = await done(endorsed.id, 'renew', {})
      const cancelled = await done(endorsed.id, 'cancel', { on: '2026-11-01', reason })
      assert.deepEqual([cancelled.state, cancelled.endsOn], ['cancelled', '2026-10-31'])
      const { items } = (await admin('GET', '/api/v1/admin/policies')).body as {
        items: { id: string; state: string; outcome: string }[]
      }
      const listed = items.find(({ id }) => id === cancelled.id)
      assert.deepEqual([listed?.state, listed?.outcome], ['upcoming', 'cancelled'])
      assert.equal((await get(renewed.id)).state, 'voided')
    })

    it('voids nothing that has begun, nor what was driven in', async () => {
      const { id } = PolicyDetail.pick({ id: true }).parse(
        (await admin('POST', '/api/v1/policies', { ...policy, startsOn: '2026-07-20', endsOn: '2027-07-19' })).body,
      )
      assert.equal((await post(id, 'cancel', { on: '2026-07-20', reason })).status, 422)

      // The term in which it was driven follows one that is cut behind it.
      await db.update(policies).set({ endsOn: '2026-05-31' }).where(eq(policies.id, second.policyId))
      const next = await done(second.policyId, 'renew', { endsOn: '2026-12-31' })
      await storeDrives(database, laneOf(second, 'trips'), [driveRecords(1)])
      const refused = await post(second.policyId, 'cancel', { on: '2026-05-01', reason })
      assert.equal(refused.status, 409)
      assert.match(JSON.stringify(refused.body), new RegExp(next.id))
      assert.deepEqual([(await get(second.policyId)).state, (await get(next.id)).state], ['renewed', 'active'])
    })

    it('lets a policy go on by its plan with another car, though the plan takes no new ones', async () => {
      const bind = async (planId: string, startsOn: string) => {
        const body = { ...policy, planId, startsOn, endsOn: '2026-12-31', rated: { jurisdiction: 'DE' } }
        const { status, body: told } = await admin('POST', '/api/v1/policies', body)
        assert.equal(status, 201, JSON.stringify(told))
        return (told as { id: string }).id
      }
      const past = await bind('past', '2026-02-01')
      const car = { on: '2026-07-01', vehicle: { name: 'New car' }, reason: 'a new car' }
      assert.equal((await done(past, 'endorse', car)).planId, 'past')
      assert.equal((await post(past, 'renew', {})).status, 409)

      const one = await bind('gone', '2026-02-01')
      const [createdBy, createdAt] = ['release', new Date()]
      await db.insert(ratingPlans).values({
        ...{ id: 'gone', version: '1', title: 'Gone', body: '{}', hash: '', state: 'withdrawn', createdBy, createdAt },
        ...{ effectiveFrom: '2020-01-01', approvedBy: createdBy, approvedAt: createdAt },
      })
      const next = await done(one, 'endorse', { ...car, planId: 'gone' })
      assert.deepEqual([next.planId, next.startsOn], ['gone', '2026-07-01'])
      assert.equal((await post(next.id, 'renew', {})).status, 422, 'a new term is a new policy')
    })

    it('is of two years at most, on days that there are', async () => {
      const create = async (startsOn: string, endsOn: string) =>
        admin('POST', '/api/v1/policies', { ...policy, startsOn, endsOn })
      const terms = [
        ['2026-01-01', '2028-01-01'],
        ['0001-01-01', '0001-12-31'],
        ['1999-12-31', '2000-12-30'],
        ['2999-06-01', '3000-05-31'],
      ] as const
      for (const [from, to] of terms) assert.equal((await create(from, to)).status, 422, from)
      const { status, body } = await create('2026-01-01', '2027-12-31')
      assert.equal(status, 201)
      const { id } = body as { id: string }
      for (const endsOn of ['9999-12-31', '2030-01-01', '2999-12-31'])
        assert.equal((await post(id, 'renew', { endsOn })).status, 422, endsOn)
      assert.equal((await done(id, 'renew', {})).endsOn, '2029-12-31')
    })

    it('is renewed for as long by the calendar, with and without a 29 February', async () => {
      for (const [startsOn, endsOn, next] of [
        ['2027-01-01', '2027-12-31', '2028-12-31'],
        ['2023-03-01', '2024-02-29', '2025-02-28'],
        ['2024-01-01', '2025-12-31', '2027-12-31'],
        ['2024-02-29', '2025-02-27', '2026-02-27'],
        ['2026-01-31', '2026-02-27', '2026-03-30'],
      ] as const) {
        const { body } = await admin('POST', '/api/v1/policies', { ...policy, startsOn, endsOn })
        assert.equal((await done((body as { id: string }).id, 'renew', {})).endsOn, next, `${startsOn}..${endsOn}`)
      }
    })

    it('is renewed for as long as the term was before it became another, and the next for as long as that', async () => {
      const term = { startsOn: '2026-08-01', endsOn: '2027-07-31' }
      const { body } = await admin('POST', '/api/v1/policies', { ...policy, ...term })
      let { id } = body as { id: string }
      for (const on of ['2026-10-15', '2027-02-01'])
        id = (await done(id, 'endorse', { on, vehicle: { name: 'Another' }, reason })).id
      for (const expected of [
        ['2027-08-01', '2028-07-31'],
        ['2028-08-01', '2029-07-31'],
      ]) {
        const next = await done(id, 'renew', {})
        assert.deepEqual([next.startsOn, next.endsOn], expected)
        id = next.id
      }
    })

    it('tells its plan of another place or class from a day of the term on, and in the next', async () => {
      const bind = async (planId: string, rated: object) => {
        const term = { startsOn: '2026-02-01', endsOn: '2026-12-31' }
        const { status, body } = await admin('POST', '/api/v1/policies', { ...policy, planId, ...term, rated })
        assert.equal(status, 201, JSON.stringify(body))
        return (body as { id: string }).id
      }
      const moved = { on: '2026-07-01', reason: 'moved house' }
      const one = await bind('by-place', { jurisdiction: 'DE' })
      const none = await post(one, 'endorse', moved)
      assert.equal(none.status, 422)
      const unknown = await post(one, 'endorse', { ...moved, rated: { jurisdiction: 'XX' } })
      assert.deepEqual([unknown.status, pathOf(unknown.body)], [422, 'json.rated'])
      const there = await done(one, 'endorse', { ...moved, rated: { jurisdiction: 'FR' } })
      assert.deepEqual([there.rated, there.planId], [{ jurisdiction: 'FR' }, 'by-place'])
      assert.deepEqual((await get(one)).rated, { jurisdiction: 'DE' })
      assert.deepEqual((await done(there.id, 'renew', {})).rated, { jurisdiction: 'FR' })

      const old = await bind('fairmile-1', {})
      assert.equal((await post(old, 'endorse', { ...moved, planId: 'by-place' })).status, 422)
      const changed = await done(old, 'endorse', { ...moved, planId: 'by-place', rated: { jurisdiction: 'DE' } })
      assert.deepEqual([changed.planId, changed.rated], ['by-place', { jurisdiction: 'DE' }])
      const back = await done(changed.id, 'renew', { rated: { jurisdiction: 'FR' } })
      assert.deepEqual(back.rated, { jurisdiction: 'FR' })
    })

    it('is billed 24 periods at a time, and by the job to the end', async () => {
      const long = { startsOn: '2024-01-01', endsOn: '2026-12-31', planId: 'fairmile-1' }
      const { driverId, vehicleId } = second
      await db.insert(policies).values([
        { id: 'POL-LONG', driverId, vehicleId, ...long },
        { id: 'POL-LONG2', driverId, vehicleId, ...long },
      ])
      const until = nowMs
      assert.deepEqual(await billPolicy(db, 'POL-LONG', { price, until }), { periods: 24, more: true, putOff: null })
      assert.deepEqual(await billPolicy(db, 'POL-LONG', { price, until }), { periods: 6, more: false, putOff: null })
      await billDue(db, { price, nowMs, failed: assert.fail })
      const [{ billedUntil } = assert.fail()] = await db.select().from(policies).where(eq(policies.id, 'POL-LONG2'))
      assert.equal(billedUntil, '2026-07-01')
    })
  })
}
