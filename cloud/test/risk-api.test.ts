import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DrivingEventList } from '@fairmile/contract/http/events.ts'
import { DriverReasons } from '@fairmile/contract/http/reasons.ts'
import { ScoreBreakdown, ScoreComparison, ScoreRecommendations, ScoreTrend } from '@fairmile/contract/http/risk.ts'
import { Score } from '@fairmile/contract/http/score.ts'
import { WhatIf } from '@fairmile/contract/http/what-if.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { desc, eq, ne } from 'drizzle-orm'
import { scores } from '../src/db/schema/pricing.ts'
import { trips } from '../src/db/schema/trips.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricePolicy } from '../src/pricing/price-policy.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { addUser, caller, callersOf, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const dayMs = 86_400_000

/** A harsh braking on six kilometres. */
const shortDrive = (n: number): TripsRecord[] =>
  driveRecords(n).map((record) => {
    if (record.type !== 'trip') return record
    const { events } = record.trip.statistics
    const statistics = { ...statisticsExample({ km: 6, gradable: 0.98, temper: 0.5, events: [] }), events }
    return { ...record, trip: { ...record.trip, statistics } }
  })

for (const engine of engines()) {
  describe(`the risk API on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    await takeInPlans(db, loadPlans().values())
    const device = await addDevice(db, 1)
    const other = await addDevice(db, 2)
    const clock = { ms: Date.now() - 3 * dayMs }
    const consumers = createConsumers({
      db,
      handlers: { risk: createRiskConsumer({ model, now: () => clock.ms }) },
      metrics: createMetrics(),
      log: createLog({ level: 'silent' }),
    })
    const lane = laneOf(device, 'trips')
    for (const n of [1, 2, 3]) {
      await storeDrives(database, lane, [shortDrive(n)])
      await consumers.drain()
      clock.ms += dayMs
    }
    const { app, sessions } = createTestApp(db, { model: async () => model })
    const callerOf = callersOf({ db, app, sessions })
    const driver = await callerOf('driver@example.org', device.driverId)
    const stranger = await callerOf('stranger@example.org', other.driverId)
    const admin = await callerOf('admin@example.org', null)
    /** Another log-in of the driver, to whom nothing was answered yet. */
    const newcomer = (email: string) => callerOf(email, device.driverId)
    const base = `/api/v1/drivers/${device.driverId}`
    const get = async (what: string, call = driver) => (await call('GET', `${base}/${what}`)).body

    it('breaks the score down by habits with nothing left over', async () => {
      const told = ScoreBreakdown.parse(await get('breakdown'))
      const score = Score.parse(await get('score'))
      assert.equal(told.safetyScore, score.safetyScore)
      assert.ok(told.margin !== null)
      const sum = told.families.reduce((total, { shap }) => total + shap, told.base)
      assert.ok(Math.abs(sum - told.margin) < 1e-4)
      assert.ok(told.families.every(({ weight, safetyScore }) => weight !== null && safetyScore !== null))
      assert.deepEqual([told.status, told.minimumKm, told.missingKm], ['scored', 5, 0])
    })

    it('tells the trend: the last score of each day with its interval', async () => {
      const { points } = ScoreTrend.parse(await get('trend?days=30'))
      assert.deepEqual(
        points.map(({ version }) => version),
        [1, 2, 3],
      )
      const shown = points.map(({ interval, safetyScore }) => {
        assert.ok(interval !== null && safetyScore !== null)
        return { ...interval, at: safetyScore }
      })
      assert.ok(shown.every(({ low, high, at }) => low <= at && at <= high))
      const widths = shown.map(({ low, high }) => high - low)
      assert.ok(widths[2]! < widths[0]!, `${widths}: more kilometres, a narrower interval`)
      assert.equal(ScoreTrend.parse(await get('trend?days=2')).points.length, 1)
      assert.equal((await driver('GET', `${base}/trend?days=0`)).status, 422)
    })

    it('compares with the portfolio, and recommends what would lower the risk', async () => {
      const compared = ScoreComparison.parse(await get('comparison'))
      const score = Score.parse(await get('score'))
      assert.equal(compared.saferShare, (score.risk ?? Number.NaN) / 100)
      const braking = compared.features.find(({ feature }) => feature === 'harsh_braking_rate') ?? assert.fail()
      assert.ok(braking.share !== null && braking.share > 0.9 && braking.value !== null)
      const { recommendations, status } = ScoreRecommendations.parse(await get('recommendations'))
      assert.equal(status, 'scored')
      assert.ok(recommendations.length > 0)
      for (const { feature, difference, price, from, to } of recommendations) {
        assert.ok(difference.risk < 0 && to < from)
        const body = (await driver('POST', `${base}/what-if`, { changes: [{ feature, to }] })).body
        const asked = WhatIf.parse(body).price
        assert.deepEqual(
          price,
          asked && {
            currency: asked.currency,
            differenceMinor: asked.afterMinor - asked.beforeMinor,
            lowMinor: asked.lowMinor - asked.beforeMinor,
            highMinor: asked.highMinor - asked.beforeMinor,
          },
        )
      }
    })

    it('answers what the same days would be without their three harsh brakes, as the guide says', async () => {
      const ids = []
      for (const { id } of await db.select({ id: trips.id }).from(trips).where(eq(trips.driverId, device.driverId)))
        for (const event of ((await driver('GET', `/api/v1/trips/${id}/events`)).body as DrivingEventList).items)
          if (event.kind === 'harsh_braking') ids.push(event.id)
      assert.equal(ids.length, 3)
      const { status, body } = await driver('POST', `${base}/what-if`, { withoutEvents: ids })
      assert.equal(status, 200)
      const told = WhatIf.parse(body)
      const { difference } = told
      assert.ok(difference && difference.risk < 0 && difference.low <= difference.risk)
      assert.ok(told.effects.some(({ feature }) => feature === 'harsh_braking_rate'))
    })

    it('is for the driver and admins; before the first score there is none', async () => {
      for (const what of ['breakdown', 'comparison', 'recommendations', 'trend']) {
        assert.equal((await admin('GET', `${base}/${what}`)).status, 200, what)
        assert.equal((await stranger('GET', `${base}/${what}`)).status, 404, what)
        const none = await stranger('GET', `/api/v1/drivers/${other.driverId}/${what}`)
        if (what === 'trend') assert.deepEqual(ScoreTrend.parse(none.body).points, [])
        else assert.equal(none.status, 404, what)
      }
    })

    it('keeps scores of other periods to who asks for their period', async () => {
      const [newest = assert.fail()] = await db.select().from(scores).orderBy(desc(scores.version)).limit(1)
      const other = { ...newest, version: newest.version + 1, eventId: null, jobId: 1, periodDays: 90, risk: 1 }
      await db.insert(scores).values(other)
      const call = await newcomer('third@example.org')
      assert.equal(Score.parse(await get('score', call)).version, newest.version)
      for (const what of ['breakdown', 'comparison', 'recommendations', 'reasons'])
        assert.equal(((await get(what, call)) as { version: number }).version, newest.version, what)
      const own = ScoreTrend.parse(await get('trend', call))
      assert.deepEqual([own.periodDays, own.points.at(-1)?.version], [30, newest.version])
      const { periodDays, points } = ScoreTrend.parse(await get('trend?periodDays=90', call))
      assert.deepEqual([periodDays, points.map(({ safetyScore }) => safetyScore)], [90, [99]])
      await db.update(scores).set({ risk: 2 }).where(eq(scores.version, other.version))
      const again = ScoreTrend.parse(await get('trend?periodDays=90', call))
      assert.equal(again.points[0]?.safetyScore, 98, 'no event tells of it, so no answer is kept')
      await db.delete(scores).where(eq(scores.version, other.version))
    })

    it('says unscored below the minimum of the plan, how many kilometres are missing, and no number', async () => {
      const [first = assert.fail()] = await db.select().from(scores).orderBy(scores.version)
      await db.update(scores).set({ judgedKm: 1.5 }).where(ne(scores.version, first.version))
      await db.update(trips).set({ statistics: statisticsExample({ km: 0.5, gradable: 1, temper: 0.5, events: [] }) })
      const call = await newcomer('fourth@example.org')
      const unscored = { status: 'unscored', minimumKm: 5, missingKm: 3.5 }
      const score = Score.parse(await get('score', call))
      const numbers = { risk: null, safetyScore: null, interval: null, relativity: null, reasons: [] }
      assert.deepEqual(score, { ...score, ...unscored, ...numbers })
      const shown = { ...unscored, safetyScore: null, interval: null }
      const broken = ScoreBreakdown.parse(await get('breakdown', call))
      assert.deepEqual(broken, { ...broken, ...shown, margin: null, families: [] })
      const compared = ScoreComparison.parse(await get('comparison', call))
      assert.deepEqual(compared, { ...compared, ...shown, saferShare: null, decile: null, features: [] })
      const told = ScoreRecommendations.parse(await get('recommendations', call))
      assert.deepEqual(told, { ...told, ...shown, recommendations: [] })
      const reasons = DriverReasons.parse(await get('reasons', call))
      assert.deepEqual(reasons, { ...reasons, ...unscored, margin: null, features: [] })
      const { points, minimumKm } = ScoreTrend.parse(await get('trend', call))
      assert.deepEqual(
        points.map(({ status, missingKm, safetyScore, interval }) => [status, missingKm, safetyScore, interval]),
        [
          ['scored', 0, 100 - first.risk, { low: 100 - first.riskHigh, high: 100 - first.riskLow }],
          ...[1, 2].map(() => ['unscored', 3.5, null, null]),
        ],
      )
      assert.equal(minimumKm, 5)
      const { body } = await call('POST', `${base}/what-if`, { changes: [{ feature: 'braking_share', times: 0.5 }] })
      const asked = WhatIf.parse(body)
      const nothing = { before: null, after: null, difference: null, effects: [] }
      assert.deepEqual(asked, { ...asked, ...nothing, status: 'unscored', minimumKm: 5, missingKm: 3.5, price: null })
      await db.update(scores).set({ judgedKm: first.judgedKm })
    })

    it('breaks down without sub-scores where another model is live, and says what it cannot tell then', async () => {
      const closed = createTestApp(db)
      const { token } = await closed.sessions.issue(await addUser(db, 'fifth@example.org'))
      const call = caller(closed.app, token)
      const told = ScoreBreakdown.parse(await get('breakdown', call))
      assert.ok(told.families.every(({ weight, safetyScore }) => weight === null && safetyScore === null))
      for (const what of ['comparison', 'recommendations'])
        assert.equal((await call('GET', `${base}/${what}`)).status, 503, what)
    })

    it('prices what it recommends as what-if does, and not by a term in which nothing was judged', async () => {
      // Calm for months, by night alone, and in a hurry of late.
      const [drive = assert.fail()] = await db.select().from(trips).where(eq(trips.driverId, device.driverId)).limit(1)
      const calm = statisticsExample({ km: 5_000, gradable: 1, temper: 0, events: [] })
      const allIn = (bin: number, of: number[]) => of.map((_, n) => (n === bin ? calm.movingS : 0))
      const steady = { hourHistS: allIn(2, calm.hourHistS), aLongHistS: allIn(6, calm.aLongHistS) }
      const times = { startAt: new Date('2026-02-01T00:00:00Z'), endAt: new Date('2026-02-04T00:00:00Z') }
      await db.insert(trips).values({ ...drive, ...times, id: 'TRP-CALM', statistics: { ...calm, ...steady } })
      const price = createPricePolicy({ model, plans: loadPlans(), now: () => clock.ms })
      const priceTerm = (cause: string) => db.transaction((tx) => price(tx, device.policyId, { cause }))
      await priceTerm('the first')
      const call = await newcomer('sixth@example.org')
      const priced = ScoreRecommendations.parse(await get('recommendations', call)).recommendations
      assert.ok(priced.length > 0)
      for (const { feature, to, price } of priced) {
        const { body } = await call('POST', `${base}/what-if`, { changes: [{ feature, to }] })
        const { currency, beforeMinor, afterMinor } = WhatIf.parse(body).price ?? assert.fail('it has no price')
        assert.partialDeepStrictEqual(price, { currency, differenceMinor: afterMinor - beforeMinor })
      }
      assert.ok(
        priced.every(({ price }) => price && price.differenceMinor <= 0),
        'who does what is advised never pays for it',
      )
      const braking = priced.find(({ feature }) => feature === 'braking_share') ?? assert.fail()
      assert.equal(braking.price?.differenceMinor, 0, 'the term is there already')
      // More of the evening fits beside the hours of the score, and not beside those of the term.
      const evening = async (change: object) => {
        const changes = [{ feature: 'evening_share', ...change }]
        return WhatIf.parse((await call('POST', `${base}/what-if`, { changes })).body)
      }
      const share = (await evening({ times: 1 })).changed[0]?.from ?? assert.fail()
      const later = await evening({ to: share + 0.02 })
      assert.deepEqual([later.changed.length, later.price], [1, null])
      // The score is of every car; the term is of the policy's.
      await db.update(trips).set({ policyId: other.policyId })
      await priceTerm('without trips')
      const lent = ScoreRecommendations.parse(await get('recommendations', await newcomer('seventh@example.org')))
      assert.deepEqual(
        lent.recommendations.map(({ price }) => price),
        priced.map(() => null),
      )
    })
  })
}
