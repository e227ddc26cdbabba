import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { Contest } from '@fairmile/contract/http/contests.ts'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { verifyReceipt } from '@fairmile/models/pricing/verify.ts'
import { desc, eq } from 'drizzle-orm'
import { rulingsOf } from '../src/contests/rulings-of.ts'
import { premiums, receipts } from '../src/db/schema/pricing.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricePolicy } from '../src/pricing/price-policy.ts'
import { createIssuer } from '../src/pricing/receipt-issuer.ts'
import { wholeText } from '../src/pricing/receipt-text.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { callersOf, createTestApp } from './api-rig.ts'
import { corneredDrive } from './contested-drives.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { policyCalls } from './policy-rig.ts'
import { storeDrives } from './stored-drive.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const base = loadPlans().get('fairmile-1') ?? assert.fail()
const plan: RatingPlan = { ...base, policy: { endorsable: true, carriedPpm: 1_000_000 } }
const plans = new Map([[plan.id, plan]])
const on = '2026-06-15'
const reason = 'a new car'

/** A drive with as many hard corners. */
const cornered = (n: number, count: number): TripsRecord[] =>
  corneredDrive(n).map((record) => {
    if (record.type !== 'trip') return record
    const events = record.trip.statistics.events.map((one) => ({ ...one, count }))
    return { ...record, trip: { ...record.trip, statistics: { ...record.trip.statistics, events } } }
  })

for (const engine of engines()) {
  describe(`a relativity that is carried on, on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const clock = { ms: Date.UTC(2026, 6, 4) }
    const now = () => (clock.ms += 1_000)
    const pricing = { model, plans, issuer: createIssuer(), rulings: rulingsOf, now }
    const price = createPricePolicy(pricing)
    const { app, sessions } = createTestApp(db, { model: async () => model, plans, now })
    const consumers = createConsumers({
      ...{ db, metrics: createMetrics(), log: createLog({ level: 'silent' }) },
      handlers: { risk: createRiskConsumer(pricing), pricing: createPricingConsumer(pricing) },
    })
    const car = await addDevice(db, 1)
    const lane = laneOf(car, 'trips')
    const callerOf = callersOf({ db, app, sessions })
    const driver = await callerOf('first@example.org', car.driverId)
    const [admin, admin2] = [
      await callerOf('admin@example.org', null),
      await callerOf('admin2@example.org', null),
    ] as const
    const { done } = policyCalls(admin)
    /** The newest receipt of a policy: by whatever priced it last. */
    const receiptOf = async (policyId: string) => {
      const [newest] = await db
        .select({ body: wholeText })
        .from(premiums)
        .innerJoin(receipts, eq(receipts.id, premiums.receiptId))
        .where(eq(premiums.policyId, policyId))
        .orderBy(desc(premiums.version))
        .limit(1)
      return JSON.parse(newest?.body ?? assert.fail()) as ReceiptV2
    }
    const relativityOf = ({ steps }: ReceiptV2) =>
      steps.find(({ name }) => name === 'relativity')?.value ?? assert.fail()
    const contested = async (n: number) => {
      const body = { reason: 'sensor', text: 'The sensor was loose all the while.' }
      const answer = await driver('POST', `/api/v1/events/EVT-00000000000${n}/contest`, body)
      assert.equal(answer.status, 201, JSON.stringify(answer.body))
      await consumers.drain()
      return Contest.parse(answer.body)
    }
    const settled = async (contest: Contest, ruling: 'upheld' | 'rejected') => {
      let { version } = contest
      for (const who of [admin, admin2]) {
        const word = { version, ruling, grounds: 'So it is in the trace of the event.' }
        const { status, body } = await who('POST', `/api/v1/contests/${contest.id}/rulings`, word)
        assert.equal(status, 201, JSON.stringify(body))
        const told = Contest.parse(body)
        version = told.version
        if (told.settledAt) break
      }
      await consumers.drain()
    }
    const drive = async (...drives: TripsRecord[][]) => {
      await storeDrives(database, lane, drives)
      await consumers.drain()
    }
    /** The policy that follows, and what its term and the one before it start from and have come to. */
    const next = { id: '', bound: 0 }
    const relativities = async () => [
      relativityOf(await receiptOf(car.policyId)),
      relativityOf(await receiptOf(next.id)),
    ]

    it('is lower once a contest of the term before was upheld, and the receipt says so', async () => {
      await drive(...[1, 2, 3, 4, 5, 6, 7].map((n) => corneredDrive(n)))
      next.id = (await done(car.policyId, 'endorse', { on, vehicle: { name: 'Another car' }, reason })).id
      const { receipt } = await db.transaction((tx) => price(tx, next.id, { cause: 'a test' }))
      next.bound = relativityOf(receipt)
      assert.deepEqual(await relativities(), [next.bound, next.bound])
      for (const n of [1, 2, 3, 4]) await settled(await contested(n), 'upheld')
      const [former, latter] = await relativities()
      assert.ok(former! < next.bound)
      assert.equal(latter, former)
      const after = await receiptOf(next.id)
      const named = await db
        .select({ body: wholeText })
        .from(receipts)
        .where(eq(receipts.id, after.carried?.receiptId ?? ''))
      const before = named.map(({ body }) => JSON.parse(body) as ReceiptV2)
      assert.deepEqual([after.carried?.policyId, after.carried?.relativityPpm], [car.policyId, former])
      assert.equal(verifyReceipt(after, { model, plans: [plan], before, hash: sha256 }).ok, true)
    })

    it('is what it was once a contest was rejected', async () => {
      const before = await relativities()
      const contests = [await contested(5), await contested(6), await contested(7)]
      const [former, latter] = await relativities()
      assert.ok(former! < before[0]!)
      assert.equal(latter, former)
      for (const contest of contests) await settled(contest, 'rejected')
      assert.deepEqual(await relativities(), before)
    })

    it('is never more than the policy was bound at, whatever is found of the term before', async () => {
      await drive(...[8, 9].map((n) => cornered(n, 400)))
      const [former, latter] = await relativities()
      assert.ok(former! > next.bound, `${former}, bound at ${next.bound}`)
      assert.equal(latter, next.bound)
    })
  })
}
