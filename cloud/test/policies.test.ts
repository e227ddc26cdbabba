import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PremiumEntry } from '@fairmile/contract/http/ledger.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { Premium, Quote, TripPremium } from '@fairmile/contract/http/pricing.ts'
import type { Problem } from '@fairmile/contract/http/problem.ts'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { computePremium } from '@fairmile/models/pricing/premium.ts'
import { ratingTerms } from '@fairmile/models/pricing/rating-terms.ts'
import { judge } from '@fairmile/models/pricing/receipt.ts'
import { coverageSlopes, portfolioMargin } from '@fairmile/models/scoring/manifest.ts'
import { desc, eq } from 'drizzle-orm'
import { scores } from '../src/db/schema/pricing.ts'
import { createCacheConsumer } from '../src/events/cache-consumer.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { billPolicy } from '../src/pricing/bill.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricePolicy } from '../src/pricing/price-policy.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { recentTrips } from '../src/trips/ended-trips.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { renamed } from './contested-drives.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { policyCalls } from './policy-rig.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const base = loadPlans().get('fairmile-1') ?? assert.fail()
const variant = (id: string, changes: Partial<RatingPlan>): [string, RatingPlan] => [id, { ...base, id, ...changes }]
const plans = new Map<string, RatingPlan>([
  variant('fairmile-1', { policy: { endorsable: true, carriedPpm: 500_000 } }),
  variant('fixed', { policy: { endorsable: false, carriedPpm: 0 } }),
  variant('dollars', { currency: 'USD' }),
  // As of a day that is past on every clock.
  ['by-place', { ...(loadPlans().get('fairmile-2') ?? assert.fail()), id: 'by-place', effectiveFrom: '2020-01-01' }],
  [
    'later',
    {
      ...(loadPlans().get('fairmile-2') ?? assert.fail()),
      ...{ id: 'later', effectiveFrom: '2090-01-01', effectiveUntil: '2090-12-31' },
    },
  ],
])

for (const engine of engines()) {
  describe(`policies on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const pricing = { model, plans, now: () => Date.UTC(2026, 6, 20) }
    const price = createPricePolicy(pricing)
    const { app, sessions, cache } = createTestApp(db, { model: async () => model, plans })
    const consumers = createConsumers({
      db,
      handlers: {
        risk: createRiskConsumer(pricing),
        pricing: createPricingConsumer(pricing),
        cache: createCacheConsumer({ cache }),
      },
      metrics: createMetrics(),
      log: createLog({ level: 'silent' }),
    })
    const [first, second] = [await addDevice(db, 1), await addDevice(db, 2)]
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const driver = caller(app, (await sessions.issue(await addUser(db, 'a@example.org', first.driverId))).token)
    const { post, done, get } = policyCalls(admin)
    const ledgerOf = async (id: string) =>
      ((await admin('GET', `/api/v1/policies/${id}/ledger`)).body as Page<PremiumEntry>).items

    it('quotes a term with each step, between the least and the most that it can cost', async () => {
      const ask = { planId: 'fairmile-1', expectedKm: 12_000 }
      const { status, body } = await driver('POST', '/api/v1/pricing/quote', ask)
      assert.equal(status, 200)
      const quote = Quote.parse(body)
      assert.deepEqual([quote.days, quote.premiumMinor], [365, 4015 + 48_000])
      assert.ok(quote.leastMinor < quote.premiumMinor && quote.premiumMinor < quote.mostMinor)
      const names = quote.steps.map(({ name }) => name)
      for (const name of ['usage_charge', 'behaviour_adjustment', 'premium']) assert.ok(names.includes(name), name)
      assert.equal((await driver('POST', '/api/v1/pricing/quote', { ...ask, planId: 'none' })).status, 422)
    })

    it('quotes a plan of next month for a term that begins then, and for none before', async () => {
      const ask = { planId: 'later', expectedKm: 12_000, rated: { jurisdiction: 'DE' } }
      const quoteFrom = (day: object) => driver('POST', '/api/v1/pricing/quote', { ...ask, ...day })
      for (const day of [{}, { startsOn: '2089-12-31' }]) {
        const { status, body } = await quoteFrom(day)
        assert.deepEqual([status, (body as Problem).errors?.[0]?.path], [422, 'json.startsOn'])
      }
      const { status, body } = await quoteFrom({ startsOn: '2090-01-01' })
      assert.equal(status, 200, JSON.stringify(body))
      assert.ok(Quote.parse(body).premiumMinor > 0)
    })

    it('quotes a driver of too few kilometres as they would be priced: unscored, without a discount to speak of', async () => {
      const fourth = await addDevice(db, 4)
      const short = renamed(driveRecords(3), 'S').map((record) => {
        if (record.type !== 'trip') return record
        const { trip } = record
        const metres = { distanceM: 2_700, speedSum: 2_700, speedSquareSum: 54_000, gradableM: 2_590 }
        return { ...record, trip: { ...trip, statistics: { ...trip.statistics, ...metres } } }
      })
      await storeDrives(database, laneOf(fourth, 'trips'), [short])
      await consumers.drain()
      const { driverId } = fourth
      const ask = { planId: 'fairmile-1', expectedKm: 12_000, driverId }
      const quoted = Quote.parse((await admin('POST', '/api/v1/pricing/quote', ask)).body)
      const priced = Premium.parse((await admin('GET', `/api/v1/drivers/${driverId}/premium`)).body)
      assert.deepEqual([quoted.driver?.relativityPpm, priced.relativityPpm], [1_000_000, 1_000_000])
      const { driverId: _driver, ...average } = ask
      const usual = Quote.parse((await admin('POST', '/api/v1/pricing/quote', average)).body)
      assert.ok(quoted.premiumMinor <= usual.premiumMinor && quoted.premiumMinor > 0.999 * usual.premiumMinor)
    })

    it('quotes by how a driver drives, to themselves and to an admin alone', async () => {
      const third = await addDevice(db, 3)
      const ask = { planId: 'fairmile-1', expectedKm: 12_000, driverId: third.driverId }
      const path = '/api/v1/pricing/quote'
      assert.equal((await admin('POST', path, ask)).status, 404, 'there is no score yet')
      await storeDrives(database, laneOf(third, 'trips'), [
        renamed(driveRecords(1, 'count'), 'A'),
        renamed(driveRecords(2), 'B'),
      ])
      await consumers.drain()
      assert.equal((await driver('POST', path, ask)).status, 404)
      const { status, body } = await admin('POST', path, ask)
      assert.equal(status, 200, JSON.stringify(body))
      const { steps, driver: quoted, ...quote } = Quote.parse(body)
      const [score = assert.fail()] = await db
        .select()
        .from(scores)
        .where(eq(scores.driverId, third.driverId))
        .orderBy(desc(scores.version))
      const plan = plans.get('fairmile-1') ?? assert.fail()
      const premium = computePremium({
        // Of each 120 km 118 could be graded, and 59 of these are of a clean trip.
        ...{ plan, days: 365, exposure: { distanceM: 12_000_000, gradableM: 11_800_000, cleanM: 5_900_000 } },
        ...{ margin: score.margin, baseMargin: portfolioMargin(model.manifest), beforeMinor: 0 },
        coverageSlopes: coverageSlopes(model.manifest),
      })
      const { relativityPpm, cleanSharePpm, discountPpm } = premium
      const { version: scoreVersion, driverId } = score
      assert.deepEqual(quoted, { driverId, scoreVersion, relativityPpm, cleanSharePpm, discountPpm })
      assert.equal(quote.premiumMinor, premium.premiumMinor)
      assert.ok(discountPpm > 0 && quote.leastMinor < quote.premiumMinor && quote.premiumMinor < quote.mostMinor)
      assert.equal(steps.find(({ name }) => name === 'relativity')?.value, relativityPpm)

      // A plan that may not see all that the score sees asks the model anew; one that may see nothing leaves the average.
      const elsewhere = async (jurisdiction: string) => {
        const there = await admin('POST', path, { ...ask, planId: 'by-place', rated: { jurisdiction } })
        assert.equal(there.status, 200, JSON.stringify(there.body))
        return Quote.parse(there.body)
      }
      const { hidden } = ratingTerms(plans.get('by-place') ?? assert.fail(), { jurisdiction: 'EU-default' })
      const drives = await recentTrips(db, { driverId, days: score.periodDays })
      const { margin } = judge(drives, model, hidden)
      const slope = coverageSlopes(model.manifest)?.liability ?? 1
      assert.equal(
        (await elsewhere('EU-default')).steps.find(({ name }) => name === 'model_relativity of liability')?.value,
        Math.round(Math.exp(slope * (margin - portfolioMargin(model.manifest))) * 1_000_000),
      )
      assert.equal((await elsewhere('US-CA')).driver?.relativityPpm, 1_000_000)
    })

    it('shows what a trip adds to the premium', async () => {
      await storeDrives(database, laneOf(first, 'trips'), [driveRecords(1, 'count'), driveRecords(2)])
      await consumers.drain()
      const path = '/api/v1/trips/TRP-000000000002/premium'
      const trip = TripPremium.parse((await driver('GET', path)).body)
      assert.ok(trip.differenceMinor > 0)
      assert.equal(trip.withMinor - trip.withoutMinor, trip.differenceMinor)
    })

    it('gives back what stands still after a day that lies in the time billed', async () => {
      await billPolicy(db, first.policyId, { price, until: Date.UTC(2026, 6, 1) })
      const [charge] = await ledgerOf(first.policyId)
      const refused = await post(first.policyId, 'cancel', { on: '2026-06-02', reason: 'sold' })
      assert.equal(refused.status, 409, JSON.stringify(refused.body))
      const policy = await done(first.policyId, 'cancel', { on: '2026-06-21', reason: 'sold' })
      assert.deepEqual([policy.state, policy.endsOn, policy.billedUntil], ['cancelled', '2026-06-20', '2026-06-21'])
      assert.deepEqual(
        policy.history.map(({ kind, reason }) => [kind, reason]),
        [['cancelled', 'sold']],
      )
      const [back] = await ledgerOf(first.policyId)
      // Ten days of theft and hail.
      assert.deepEqual([back?.kind, back?.amountMinor], ['cancellation', -110])
      assert.equal(back?.balanceMinor, (charge?.balanceMinor ?? 0) - 110)
      assert.equal((await post(first.policyId, 'cancel', { on: '2026-06-20', reason: 'again' })).status, 409)
    })

    it('makes another car of a policy, which starts from the relativity that the plan carries on', async () => {
      const drives = [driveRecords(3)].map((records) =>
        records.map((record) => JSON.parse(JSON.stringify(record).replaceAll('00000000000', '00000000009'))),
      )
      await storeDrives(database, laneOf(second, 'trips'), drives)
      await consumers.drain()
      const body = { on: '2026-06-15', vehicle: { name: 'Another car' }, reason: 'a new car' }
      assert.equal((await post(second.policyId, 'endorse', { ...body, planId: 'dollars' })).status, 409)
      const next = await done(second.policyId, 'endorse', body)
      assert.deepEqual(
        [next.follows, next.startsOn, next.endsOn, next.vehicle.name, next.state],
        [second.policyId, '2026-06-15', '2026-12-31', 'Another car', 'active'],
      )
      const before = await get(second.policyId)
      assert.deepEqual([before.state, before.endsOn, before.billedUntil], ['endorsed', '2026-06-14', '2026-06-15'])
      assert.equal((await ledgerOf(second.policyId))[0]?.kind, 'charge')
      const { receipt } = await db.transaction((tx) => price(tx, next.id, { cause: 'a test' }))
      const carried: ReceiptV2['carried'] = receipt.carried
      assert.equal(carried?.policyId, second.policyId)
      assert.equal(receipt.steps.find(({ name }) => name === 'relativity')?.value, carried?.relativityPpm)

      const { id, startsOn, endsOn } = await done(next.id, 'renew', { planId: 'fixed' })
      assert.deepEqual([startsOn, endsOn], ['2027-01-01', '2027-12-31'])
      assert.equal((await post(next.id, 'renew', {})).status, 409)
      assert.equal((await post(id, 'endorse', { ...body, on: '2027-02-01' })).status, 409)
      assert.equal((await post(id, 'cancel', { on: '2026-12-31', reason: 'too soon' })).status, 422)
    })

    it('shows a policy to its driver alone', async () => {
      assert.equal((await driver('GET', `/api/v1/policies/${first.policyId}`)).status, 200)
      assert.equal((await driver('GET', `/api/v1/policies/${second.policyId}`)).status, 404)
    })
  })
}
