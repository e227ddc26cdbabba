import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { desc, eq } from 'drizzle-orm'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { premiums } from '../src/db/schema/pricing.ts'
import { policyAt } from '../src/drivers/policy-at.ts'
import { billPolicy } from '../src/pricing/bill.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricePolicy } from '../src/pricing/price-policy.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { isRight } from './contest-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { policyCalls } from './policy-rig.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const plans = loadPlans()
const reason = 'it was not sold'
const vehicle = { name: 'Another car' }

for (const engine of engines()) {
  describe(`endorsements that are undone on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    let nowMs = Date.UTC(2026, 6, 20)
    const price = createPricePolicy({ model, plans, now: () => nowMs })
    const { app, sessions } = createTestApp(db, { model: async () => model, plans, now: () => nowMs })
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const { post, done, get } = policyCalls(admin)
    const termOf = async (id: string) => {
      const { state, endsOn } = await get(id)
      return [state, endsOn]
    }
    const endorse = (id: string, on: string) => done(id, 'endorse', { on, vehicle, reason })
    const cancel = (id: string, on: string) => done(id, 'cancel', { on, reason })
    /** The newest price, but for what tells it from others. */
    const priceOf = async (id: string) => {
      const rows = await db.select().from(premiums).where(eq(premiums.policyId, id)).orderBy(desc(premiums.version))
      const { version: _version, receiptId: _receipt, ...told } = rows[0] ?? assert.fail(`${id} has no price`)
      return told
    }
    const first = await addDevice(db, 1)
    const { policyId, vehicleId } = first
    await storeDrives(database, laneOf(first, 'trips'), [driveRecords(1, 'count'), driveRecords(7)])

    it('give the policy its term, state, cover and price back', async () => {
      await billPolicy(db, policyId, { price, until: nowMs })
      const before = await priceOf(policyId)
      for (const on of ['2026-09-01', '2026-12-15']) {
        const next = await endorse(policyId, on)
        assert.equal((await get(policyId)).state, 'endorsed')
        const voided = await cancel(next.id, on)
        assert.equal(voided.state, 'voided')
        const premium = `/api/v1/drivers/${first.driverId}/premium?policyId=`
        assert.equal((await admin('GET', premium + next.id)).status, 404)
        assert.equal((await admin('GET', premium + policyId)).status, 200)
        const restored = await get(policyId)
        assert.deepEqual(
          [restored.state, restored.endsOn, restored.billedUntil],
          ['active', '2026-12-31', '2026-07-01'],
        )
        assert.partialDeepStrictEqual(restored.history.at(-1), { kind: 'restored', onDay: on, reason })
        const cover = await policyAt(db, { vehicleId, at: new Date('2026-12-31T12:00:00Z') })
        assert.equal(cover?.policyId, policyId)
        assert.deepEqual(await priceOf(policyId), before)
      }
      const [event] = await db
        .select()
        .from(domainEvents)
        .where(eq(domainEvents.type, 'PremiumUpdated'))
        .orderBy(desc(domainEvents.id))
        .limit(1)
      const { version } = (event?.data ?? {}) as { version?: number }
      assert.equal(version, (await db.select().from(premiums).where(eq(premiums.policyId, policyId))).length)
    })

    it('can be bound anew on the same day, also where each moves the ledger, and are billed on to the end', async () => {
      const late = [driveRecords(8, 'count'), driveRecords(9, 'count')]
      const lane = laneOf(first, 'trips', { boot: 2 })
      for (const records of late) {
        await storeDrives(database, lane, [records])
        const next = await endorse(policyId, '2026-12-15')
        await cancel(next.id, '2026-12-15')
      }
      const renewed = await done(policyId, 'renew', {})
      assert.deepEqual([renewed.startsOn, renewed.endsOn], ['2027-01-01', '2027-12-31'])
      nowMs = Date.UTC(2027, 0, 10)
      await billPolicy(db, policyId, { price, until: nowMs })
      assert.equal((await get(policyId)).billedUntil, '2027-01-01')
      const { receipt } = await db.transaction((tx) => price(tx, policyId, { cause: 'a test' }))
      assert.ok(isRight(receipt))
      nowMs = Date.UTC(2026, 6, 20)
    })

    it('leave the policy open to be cancelled while it is in force, and what it was to become is voided', async () => {
      for (const [n, on, last] of [
        [2, '2026-12-01', '2026-11-30'],
        [3, '2026-12-15', '2026-12-14'],
      ] as const) {
        const { policyId: id } = await addDevice(db, n)
        const next = await endorse(id, '2026-12-15')
        const after = await done(next.id, 'renew', {})
        assert.equal((await post(id, 'cancel', { on: '2026-12-16', reason })).status, 422)
        const again = await post(id, 'endorse', { on: '2026-12-01', vehicle, reason })
        assert.equal(again.status, 409)
        assert.match(JSON.stringify(again.body), /change the one that follows it/)
        const cancelled = await cancel(id, on)
        assert.deepEqual([cancelled.state, cancelled.endsOn], ['cancelled', last])
        assert.deepEqual([(await get(next.id)).state, (await get(after.id)).state], ['voided', 'voided'])
        assert.equal((await post(id, 'cancel', { on, reason })).status, 409)
      }
    })

    it('are not undone once their day has come', async () => {
      const { policyId: id } = await addDevice(db, 4)
      const next = await endorse(id, '2026-07-20')
      assert.equal((await post(id, 'cancel', { on: '2026-07-10', reason })).status, 409)
      assert.equal((await post(next.id, 'cancel', { on: '2026-07-20', reason })).status, 422)
      assert.deepEqual(await termOf(id), ['endorsed', '2026-07-19'])
    })

    it('are undone one by one or all that follow at once, and keep an end that was cancelled', async () => {
      const { policyId: one } = await addDevice(db, 5)
      const two = (await endorse(one, '2026-10-01')).id
      const three = (await endorse(two, '2026-11-01')).id
      await cancel(three, '2026-11-01')
      assert.deepEqual(await termOf(two), ['active', '2026-12-31'])
      const again = (await endorse(two, '2026-11-01')).id
      await cancel(two, '2026-10-01')
      assert.deepEqual(
        [await termOf(two), await termOf(again)],
        [
          ['voided', '2026-09-30'],
          ['voided', '2026-10-31'],
        ],
      )
      assert.deepEqual(await termOf(one), ['active', '2026-12-31'])

      const other = (await endorse(one, '2026-10-01')).id
      const last = (await endorse(other, '2026-11-01')).id
      await cancel(last, '2026-12-01')
      await cancel(other, '2026-10-01')
      assert.deepEqual(await termOf(one), ['cancelled', '2026-11-30'])
    })
  })
}
