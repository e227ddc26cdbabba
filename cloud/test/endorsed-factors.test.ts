import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { tripExample } from '@fairmile/models/pricing/pricing-example.ts'
import { verifyReceipt } from '@fairmile/models/pricing/verify.ts'
import { desc, eq } from 'drizzle-orm'
import { policies } from '../src/db/schema/people.ts'
import { premiums, receipts } from '../src/db/schema/pricing.ts'
import { simulatePlan } from '../src/plans/simulate-plan.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricePolicy } from '../src/pricing/price-policy.ts'
import { wholeText } from '../src/pricing/receipt-text.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { policyCalls } from './policy-rig.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const shipped = loadPlans().get('fairmile-2') ?? assert.fail()
const still = structuredClone(shipped)
for (const { change } of still.jurisdictions ?? []) change.midTermAllowed = false
const plans = new Map<string, RatingPlan>([
  ['fairmile-2', shipped],
  ['still', { ...still, id: 'still' }],
])
const kinds = ['harsh_braking', 'harsh_cornering', 'speeding'] as const
const { statistics } = tripExample(0, {
  ...{ km: 150, gradable: 1, temper: 1 },
  events: kinds.map((kind) => ({ kind, band: 'count', grade: 'A' })),
})
/** A bad drive of two hours at noon of the n-th day from 1 June 2026 on. */
const badDrive = (n: number): TripsRecord[] =>
  driveRecords(n).map((record) => {
    if (record.type !== 'trip') return record
    return { ...record, trip: { ...record.trip, endAt: record.trip.startAt + 7_200_000, statistics } }
  })
const german = { jurisdiction: 'DE', classes: { region: 'town' } }
const inCountry = { jurisdiction: 'DE', classes: { region: 'country' } }
interface Change {
  planId?: string
  to: Rated
  /** The first day of what follows. */
  on: string
  /** The first of the days driven before, and those driven after; as `badDrive` counts them. */
  from: number
  after: number[]
  at: number
}

for (const engine of engines()) {
  describe(`behaviour after an endorsement on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    await takeInPlans(db, [...plans.values()])
    const clock = { ms: 0 }
    const now = () => clock.ms
    const price = createPricePolicy({ model, plans, now })
    const { app, sessions } = createTestApp(db, { model: async () => model, plans, now })
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const { done } = policyCalls(admin)
    let causes = 0
    const priced = async (id: string): Promise<ReceiptV2> => {
      const { receipt } = await db.transaction((tx) => price(tx, id, { cause: `price ${++causes}` }))
      assert.ok(verifyReceipt(receipt, { model, plans: [...plans.values()], before: [], hash: sha256 }).ok)
      return receipt
    }
    const newestReceipt = async (id: string): Promise<ReceiptV2> => {
      const [row] = await db
        .select({ body: wholeText })
        .from(premiums)
        .innerJoin(receipts, eq(receipts.id, premiums.receiptId))
        .where(eq(premiums.policyId, id))
        .orderBy(desc(premiums.version))
        .limit(1)
      return JSON.parse(row?.body ?? assert.fail())
    }
    const stepOf = ({ steps }: ReceiptV2, wanted: string) => steps.find(({ name }) => name === wanted)?.value
    const factorsOf = (receipt: ReceiptV2) =>
      ['behaviour_factor', 'start_factor', 'factor_in_force'].map((name) => stepOf(receipt, name))
    /** A term from 1 July, eight days of it driven in, then changed and driven on in; both receipts at a later time. */
    const changed = async (n: number, { planId = 'fairmile-2', to, on, from, after, at }: Change) => {
      clock.ms = at
      const device = await addDevice(db, n)
      const { policyId } = device
      const term = { startsOn: '2026-07-01', endsOn: '2027-06-30' }
      await db
        .update(policies)
        .set({ planId, ...term, rated: german })
        .where(eq(policies.id, policyId))
      await storeDrives(
        database,
        laneOf(device, 'trips'),
        Array.from({ length: 8 }, (_, day) => badDrive(from + day)),
      )
      const before = await priced(policyId)
      const { id } = await done(policyId, 'endorse', { on, rated: to, reason: 'a move' })
      await storeDrives(database, laneOf(device, 'trips', { boot: 2 }), after.map(badDrive))
      return { before, after: await priced(id), id, device }
    }

    it('takes no rise in the days of notice that run', async () => {
      const july = { on: '2026-07-12', from: 32, after: [43, 44], at: Date.UTC(2026, 6, 20) }
      const { before, after } = await changed(1, { to: inCountry, ...july })
      assert.deepEqual(factorsOf(before), [1_147_820, 1_000_000, 1_000_000])
      assert.deepEqual(factorsOf(after), [1_062_539, 1_000_000, 1_000_000])
      assert.equal(after.renewedFrom, undefined)
      const simulated = await simulatePlan(db, { plan: shipped, model, now: clock.ms })
      assert.equal(simulated.beforeMinor, stepOf(after, 'computed'))
    })

    const august = { on: '2026-08-20', at: Date.UTC(2026, 7, 30) }

    it('moves nothing where the price does not change within a term, and does at the renewal', async () => {
      const { after, id } = await changed(2, { planId: 'still', to: inCountry, ...august, from: 45, after: [85] })
      assert.deepEqual(factorsOf(after), [1_035_348, 1_000_000, 1_000_000])
      const { id: next } = await done(id, 'renew', {})
      const renewed = await priced(next)
      assert.deepEqual([renewed.renewedFrom?.receiptId, renewed.endorsementOf], [after.id, undefined])
      assert.equal(stepOf(renewed, 'start_factor'), 1_035_348)
    })

    it('counts for nothing where kilometres alone are priced', async () => {
      const { before, after } = await changed(3, { to: { jurisdiction: 'US-CA' }, ...august, from: 53, after: [86] })
      assert.equal(stepOf(before, 'factor_in_force'), 1_147_820)
      assert.deepEqual(factorsOf(after), [1_000_000, 1_000_000, 1_000_000])
      assert.equal(stepOf(after, 'month'), 4330)
    })

    it('goes on within the limits of the term, however often it is changed', async () => {
      const { before, after, id } = await changed(4, { to: inCountry, ...august, from: 62, after: [87] })
      assert.deepEqual(factorsOf(after), [1_035_348, 1_147_820, 1_035_348])
      const { id: third } = await done(id, 'endorse', {
        on: '2026-08-28',
        vehicle: { name: 'A new car' },
        reason: 'a car',
      })
      const { endorsementOf } = await priced(third)
      assert.equal(endorsementOf?.factors?.termStartPpm, stepOf(before, 'start_factor'))
      assert.equal(endorsementOf?.factors?.inForcePpm, 1_035_348)
    })

    it('is priced anew where what it goes on from becomes another, and only then', async () => {
      const { before, after, id, device } = await changed(5, { to: inCountry, ...august, from: 70, after: [88] })
      await storeDrives(database, laneOf(device, 'trips', { boot: 3 }), [78, 79].map(badDrive))
      const late = await priced(before.policyId)
      assert.notEqual(stepOf(late, 'factor_in_force'), stepOf(before, 'factor_in_force'))
      const newest = await newestReceipt(id)
      assert.notEqual(newest.id, after.id)
      assert.deepEqual(newest.endorsementOf?.factors?.receiptId, late.id)
      assert.equal(stepOf(newest, 'start_factor'), stepOf(late, 'factor_in_force'))
      assert.ok(verifyReceipt(newest, { model, plans: [...plans.values()], before: [late], hash: sha256 }).ok)
      const { id: next } = await done(id, 'renew', {})
      await priced(next)
      await priced(before.policyId)
      assert.equal((await newestReceipt(id)).id, newest.id)
    })
  })
}
