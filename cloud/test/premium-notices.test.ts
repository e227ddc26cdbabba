import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Premium } from '@fairmile/contract/http/pricing.ts'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { and, asc, eq } from 'drizzle-orm'
import { premiumEntries } from '../src/db/schema/ledger.ts'
import { notifications } from '../src/db/schema/notifications.ts'
import { policies } from '../src/db/schema/people.ts'
import { premiums, receipts } from '../src/db/schema/pricing.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { createNotificationConsumer } from '../src/notify/notification-consumer.ts'
import { billPolicy } from '../src/pricing/bill.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricePolicy } from '../src/pricing/price-policy.ts'
import { wholeText } from '../src/pricing/receipt-text.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { addPremium } from './admin-rig.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { policyCalls } from './policy-rig.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const shipped = loadPlans().get('fairmile-2') ?? assert.fail()
const plans = new Map([['by-place', { ...shipped, id: 'by-place', effectiveFrom: '2020-01-01' }]])

for (const engine of engines()) {
  describe(`what is told of premiums on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const clock = { ms: Date.UTC(2026, 5, 20) }
    const now = () => (clock.ms += 1_000)
    const pricing = { model, plans, now }
    const price = createPricePolicy(pricing)
    const consumers = createConsumers({
      ...{ db, metrics: createMetrics(), log: createLog({ level: 'silent' }) },
      handlers: {
        risk: createRiskConsumer({ model, now }),
        pricing: createPricingConsumer(pricing),
        notification: createNotificationConsumer(),
      },
    })
    const { app, sessions } = createTestApp(db, { model: async () => model, plans, now })
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const { done } = policyCalls(admin)
    const { driverId, policyId, ...device } = await addDevice(db, 1)
    const rated = { jurisdiction: 'DE' }
    await db.update(policies).set({ planId: 'by-place', rated }).where(eq(policies.id, policyId))
    type Told = Record<'policyId' | 'receiptId' | 'billedTo', string> & Record<string, number | null>
    const toldOf = async (whose: string) => {
      await consumers.drain()
      const mine = and(eq(notifications.driverId, whose), eq(notifications.kind, 'premium_updated'))
      const rows = await db.select().from(notifications).where(mine).orderBy(asc(notifications.id))
      return rows.map(({ data }) => data as Told)
    }

    it('is the first one, and not that each trip costs something', async () => {
      const lane = laneOf({ driverId, policyId, ...device }, 'trips')
      for (const n of [1, 2, 3]) {
        await storeDrives(database, lane, [driveRecords(n)])
        await consumers.drain()
      }
      const versions = await db.select().from(premiums).where(eq(premiums.policyId, policyId))
      assert.equal(new Set(versions.map(({ premiumMinor }) => premiumMinor)).size, 3, 'each trip costs something')
      const told = await toldOf(driverId)
      // 60 km each with all clean in the first weeks: the second makes a month 5 % cheaper, both together 11 %.
      const [one, , three] = versions.toSorted((a, b) => a.version - b.version).map(({ monthMinor }) => monthMinor)
      assert.deepEqual(
        told.map(({ beforeMonthMinor, monthMinor, billedTo }) => [beforeMonthMinor, monthMinor, billedTo]),
        [
          [null, one, null],
          [one, three, null],
        ],
      )
      const [receipt] = await db
        .select({ body: wholeText })
        .from(receipts)
        .where(eq(receipts.id, told[0]?.receiptId ?? ''))
      const { steps } = JSON.parse(receipt?.body ?? '') as ReceiptV2
      const payable = steps.find(({ name }) => name === 'payable')?.value ?? assert.fail()
      assert.ok(payable > (told[0]?.premiumMinor ?? 0))
      assert.equal(told[0]?.payableMinor, payable)
      const premium = (await admin('GET', `/api/v1/drivers/${driverId}/premium`)).body as Premium
      assert.ok((premium.payableMinor ?? 0) > premium.premiumMinor)
    })

    it('is a bill, with the last day of it', async () => {
      const before = (await toldOf(driverId)).length
      const { periods } = await billPolicy(db, policyId, { price, until: clock.ms })
      const told = (await toldOf(driverId)).slice(before)
      assert.deepEqual([periods, told.length], [5, 5])
      assert.deepEqual([told[0]?.billedTo, told.at(-1)?.billedTo], ['2026-01-31', '2026-05-31'])
    })

    it('is nothing of a policy that is endorsed or cancelled from a day to come', async () => {
      const before = (await toldOf(driverId)).length
      const change = { vehicle: { name: 'Another car' }, reason: 'a new car' }
      const { id: next } = await done(policyId, 'endorse', { on: '2026-08-01', ...change })
      await db.transaction((tx) => price(tx, next, { cause: 'a test' }))
      await done(next, 'cancel', { on: '2026-10-01', reason: 'it was sold' })
      assert.deepEqual((await toldOf(driverId)).slice(before), [])
    })

    it('is what comes back of a bill as a policy ends within the time billed', async () => {
      const before = (await toldOf(driverId)).length
      clock.ms = Date.UTC(2026, 6, 20)
      await billPolicy(db, policyId, { price, until: clock.ms })
      const { billedUntil } = await done(policyId, 'cancel', { on: '2026-06-25', reason: 'it was sold' })
      assert.equal(billedUntil, '2026-06-25')
      const isBack = and(eq(premiumEntries.policyId, policyId), eq(premiumEntries.kind, 'cancellation'))
      const [entry] = await db.select().from(premiumEntries).where(isBack)
      assert.ok((entry?.amountMinor ?? 0) < 0)
      const told = (await toldOf(driverId)).slice(before)
      assert.deepEqual(
        told.map(({ billedTo, givenBackMinor }) => [billedTo, givenBackMinor]),
        [
          ['2026-06-30', null],
          [null, -(entry?.amountMinor ?? 0)],
        ],
      )
    })

    it('is a price of a month that is clearly another than what was told, also by small steps and of a policy that follows', async () => {
      const { driverId: other, policyId: first, vehicleId } = await addDevice(db, 2)
      const next = 'POL-2-NEXT'
      const term = { planId: 'by-place', rated, startsOn: '2027-01-01', endsOn: '2027-12-31' }
      await db.insert(policies).values({ id: next, driverId: other, vehicleId, follows: first, ...term })
      let version = 0
      const priced = async (policy: string, premiumMinor: number, monthMinor: number) => {
        version++
        await addPremium(db, { policyId: policy, driverId: other, version, minor: premiumMinor, monthMinor })
        const receiptId = `RCP-${other}-${version}`
        const data = { driverId: other, policyId: policy, version, receiptId, premiumMinor, currency: 'EUR' }
        await recordDomainEvent(db, { type: 'PremiumUpdated', subject: other, data: { ...data, discountPpm: 0 } })
        await consumers.drain()
      }
      await priced(first, 0, 10_000)
      await priced(first, 100, 10_000)
      for (const month of [9_500, 9_200, 9_001, 9_000, 8_700]) await priced(first, 200, month)
      await priced(next, 0, 8_700)
      await priced(next, 50, 9_400)
      await priced(next, 90, 12_000)
      const months = (await toldOf(other)).map((told) => [told.policyId, told.beforeMonthMinor, told.monthMinor])
      assert.deepEqual(months, [
        [first, null, 10_000],
        [first, 10_000, 9_000],
        [next, 9_000, 12_000],
      ])
    })
  })
}
