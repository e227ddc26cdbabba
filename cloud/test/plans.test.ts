import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Driver } from '@fairmile/contract/http/drivers.ts'
import type { PlanDetail, PlanList } from '@fairmile/contract/http/plans.ts'
import type { Problem } from '@fairmile/contract/http/problem.ts'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { eq, sql } from 'drizzle-orm'
import { receipts } from '../src/db/schema/pricing.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { createPlanShelf } from '../src/plans/plan-shelf.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { wholeText } from '../src/pricing/receipt-text.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const released = [...loadPlans().values()]
const [first = assert.fail()] = released
const second = released.find(({ id }) => id === 'fairmile-2') ?? assert.fail()
/** A plan of ours, half dearer a kilometre than the first. */
const dearer = (changes: Partial<RatingPlan> = {}): RatingPlan => ({
  ...first,
  id: 'dearer-1',
  coverages: first.coverages.map((coverage) => ({ ...coverage, perKmMicro: coverage.perKmMicro * 1.5 })),
  ...changes,
})

for (const engine of engines()) {
  describe(`rating plans on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const plans = createPlanShelf()
    const { app, sessions } = createTestApp(db, { plans, model: async () => model, now: () => Date.UTC(2026, 5, 10) })
    const as = async (email: string, driverId: string | null = null) =>
      caller(app, (await sessions.issue(await addUser(db, email, driverId))).token)
    const ana = await as('ana@example.org')
    const bo = await as('bo@example.org')
    const detail = async (id: string) => (await ana('GET', `/api/v1/plans/${id}`)).body as PlanDetail
    const device = await addDevice(db)
    const driver = await as('driver@example.org', device.driverId)
    const consumers = createConsumers({
      db,
      handlers: { risk: createRiskConsumer({ model }), pricing: createPricingConsumer({ model, plans }) },
      metrics: createMetrics(),
      log: createLog({ level: 'silent' }),
    })

    it('come with the release, approved; once, and never another under the same id', async () => {
      const taken = await Promise.all([takeInPlans(db, released), takeInPlans(db, released)])
      assert.deepEqual(taken.flat().toSorted(), released.map(({ id }) => id).toSorted())
      assert.deepEqual(await takeInPlans(db, released), [])
      const other = [
        { ...second, id: 'fairmile-0' },
        { ...first, title: 'Another' },
      ]
      await assert.rejects(takeInPlans(db, other), /"fairmile-1" of this release .* is not the one in the database/)
      const { items } = (await driver('GET', '/api/v1/plans')).body as PlanList
      assert.deepEqual(items.map(({ id, state }) => `${id} ${state}`).toSorted(), [
        'fairmile-1 approved',
        'fairmile-2 approved',
      ])
    })

    it('price trips from the table', async () => {
      await storeDrives(database, laneOf(device, 'trips'), [driveRecords(1), driveRecords(2, 'count')])
      await consumers.drain()
      assert.ok((await db.select().from(receipts)).length > 0)
    })

    it('are refused with every problem and where it is', async () => {
      const plan = { ...dearer(), format: 2, coverages: [], classes: [{ name: 'use', levels: {}, otherwisePpm: 0 }] }
      const refused = await ana('POST', '/api/v1/plans', { plan, note: 'a test' })
      const { errors = [] } = refused.body as Problem
      assert.deepEqual(
        [refused.status, ...errors.map(({ path }) => path)],
        [422, 'json.plan.coverages', 'json.plan.classes[0].otherwisePpm'],
      )
      const taken = await ana('POST', '/api/v1/plans', { plan: { ...first, title: 'Another' }, note: 'a test' })
      assert.equal(taken.status, 409)
      assert.equal((await driver('POST', '/api/v1/plans', { plan: dearer(), note: 'a test' })).status, 403)
      const schema = (await driver('GET', '/api/v1/plans/schema')).body as { $schema: string }
      assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema')
    })

    it('are refused where a key of the text would be lost', async () => {
      const { token } = await sessions.issue(await addUser(db, 'cy@example.org'))
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const text = JSON.stringify({ plan: dearer(), note: 'a test' })
      const send = (body: string) => app.request('/api/v1/plans', { method: 'POST', headers, body })
      const response = await send(text.replace('"plan":{', '"plan":{"id":"cheaper-1","__proto__":{},'))
      assert.equal(response.status, 422)
      const { errors } = (await response.json()) as Problem
      assert.deepEqual(
        errors?.map(({ path }) => path),
        ['json.plan.__proto__', 'json.plan.id'],
      )
      assert.equal((await send(`${text},`)).status, 400)
    })

    it('are drafts that drivers do not see, price nothing, and need another admin and a simulation', async () => {
      assert.equal((await ana('POST', '/api/v1/plans', { plan: dearer(), note: 'dearer' })).status, 201)
      assert.equal((await driver('GET', '/api/v1/plans/dearer-1')).status, 404)
      const policy = {
        driverId: device.driverId,
        vehicle: { name: 'Red' },
        planId: 'dearer-1',
        startsOn: '2026-08-01',
        endsOn: '2027-07-31',
      }
      assert.equal((await ana('POST', '/api/v1/policies', policy)).status, 422)
      const approve = (who: typeof ana, hash: string) =>
        who('POST', '/api/v1/plans/dearer-1/approve', { hash, note: 'seen' })
      const { hash } = await detail('dearer-1')
      const own = await approve(ana, hash)
      assert.deepEqual(
        [own.status, (own.body as Problem).detail],
        [403, '"dearer-1" was submitted by ana@example.org: another admin must approve it.'],
      )
      assert.match(((await approve(bo, hash)).body as Problem).detail ?? '', /has not been simulated/)

      const simulated = await ana('POST', '/api/v1/plans/dearer-1/simulate', {})
      const { simulation } = simulated.body as PlanDetail
      assert.deepEqual(
        [simulated.status, simulation?.policies, simulation?.notRated, simulation?.distanceKm],
        [200, 1, [], 120],
      )
      assert.ok(simulation!.afterMinor > simulation!.beforeMinor && simulation!.offBalance!.ratio > 1)
      assert.equal(simulation!.dislocation.dearer, 1)
      const [rise] = simulation!.largest!.rises
      const { beforeMinor, afterMinor } = simulation!
      assert.partialDeepStrictEqual(rise, { driverId: device.driverId, beforeMinor, afterMinor })
      assert.ok(rise?.percent && rise.percent > 0 && simulation!.largest!.falls.length === 0)

      await ana('POST', '/api/v1/plans', { plan: dearer({ notes: 'Changed after it was seen.' }), note: 'again' })
      assert.match(((await approve(bo, hash)).body as Problem).detail ?? '', /submitted anew since you saw it/)
      await bo('POST', '/api/v1/plans/dearer-1/simulate', {})
      const approved = await approve(bo, (await detail('dearer-1')).hash)
      assert.equal(approved.status, 200)
      const { state, approvedBy, changes } = approved.body as PlanDetail
      assert.deepEqual([state, approvedBy], ['approved', 'bo@example.org'])
      assert.deepEqual(
        changes.map(({ action, by, note }) => `${action} ${by}: ${note}`),
        [
          'submitted ana@example.org: dearer',
          'simulated ana@example.org: over 1 policy',
          'submitted ana@example.org: again',
          'simulated bo@example.org: over 1 policy',
          'approved bo@example.org: seen',
        ],
      )
      const shown = (await driver('GET', '/api/v1/plans/dearer-1')).body as PlanDetail
      const { simulation: none, simulatedAt, approvedSimulation, ...told } = shown
      assert.deepEqual([none, simulatedAt, approvedSimulation, told.changes], [null, null, null, []])
      assert.equal(told.hash, (await detail('dearer-1')).hash)
      assert.doesNotMatch(JSON.stringify(told), /@example\.org/)
      assert.doesNotMatch(JSON.stringify((await driver('GET', '/api/v1/plans')).body), /@example\.org/)
      // Approved by another process as far as the shelf knows: it needs no restart.
      assert.equal((await ana('POST', '/api/v1/policies', policy)).status, 201)
      assert.equal((await approve(bo, hash)).status, 409)
    })

    it('never change once they were approved, whoever writes to the database', async () => {
      const refused = async (statement: ReturnType<typeof sql>, words: RegExp) =>
        assert.rejects(
          async () => await db.execute(statement),
          (error: Error) => words.test(`${error.message} ${String(error.cause)}`),
        )
      await refused(sql`UPDATE rating_plans SET body = '{}' WHERE id = 'dearer-1'`, /was approved: it is not changed/)
      await refused(
        sql`UPDATE rating_plans SET approved_by = 'x' WHERE id = 'dearer-1'`,
        /was approved: it is not changed/,
      )
      await refused(
        sql`UPDATE rating_plans SET state = 'draft' WHERE id = 'fairmile-1'`,
        /was approved: it is not changed/,
      )
      await refused(sql`DELETE FROM rating_plans WHERE id = 'fairmile-1'`, /was approved: it stays/)
      await refused(sql`UPDATE rating_plan_changes SET note = ''`, /is not rewritten/)
      await refused(sql`DELETE FROM rating_plan_changes`, /is not rewritten/)
      await refused(sql`TRUNCATE rating_plans CASCADE`, /takes no TRUNCATE/)
      await refused(sql`TRUNCATE rating_plan_changes`, /takes no TRUNCATE/)
      const { approvedSimulation, simulation } = await detail('dearer-1')
      assert.ok(approvedSimulation)
      assert.deepEqual(approvedSimulation, simulation)
      await ana('POST', '/api/v1/plans/dearer-1/simulate', { assume: { jurisdiction: 'XX' } })
      assert.deepEqual((await detail('dearer-1')).approvedSimulation, approvedSimulation)
      await refused(
        sql`UPDATE rating_plans SET approved_simulation = NULL WHERE id = 'dearer-1'`,
        /was approved: it is not changed/,
      )
      await refused(
        sql`INSERT INTO rating_plans (id, version, title, body, hash, state, effective_from, created_by, created_at, approved_by, approved_at)
            VALUES ('own', '1', 't', '{}', 'h', 'approved', '2026-01-01', 'a', now(), 'a', now())`,
        /two_people/,
      )
      const again = await ana('POST', '/api/v1/plans', { plan: dearer({ title: 'Another' }), note: 'a test' })
      assert.equal(again.status, 409)
    })

    it('take no new policies once they are withdrawn, and price those there are', async () => {
      assert.equal((await bo('POST', '/api/v1/plans/dearer-1/withdraw', { note: 'too dear' })).status, 200)
      const policy = {
        driverId: device.driverId,
        vehicle: { name: 'Grey' },
        planId: 'dearer-1',
        startsOn: '2026-08-01',
        endsOn: '2027-07-31',
      }
      const refused = await ana('POST', '/api/v1/policies', policy)
      assert.match(JSON.stringify(refused.body), /was withdrawn: it takes no new policies/)
      assert.equal((await createPlanShelf().get('dearer-1', db))?.id, 'dearer-1')
      assert.equal((await bo('POST', '/api/v1/plans/dearer-1/withdraw', { note: 'again' })).status, 409)
      assert.equal((await bo('POST', '/api/v1/plans/nothing/withdraw', { note: 'again' })).status, 404)
    })

    it('with jurisdictions take policies of their places and days, and are simulated with what is assumed', async () => {
      const policy = {
        driverId: device.driverId,
        vehicle: { name: 'Green' },
        planId: 'fairmile-2',
        startsOn: '2026-08-01',
        endsOn: '2027-07-31',
      }
      const write = async (changes: object) => {
        const { status, body } = await ana('POST', '/api/v1/policies', { ...policy, ...changes })
        return status === 201 ? 'written' : (body as Problem).errors?.[0]?.path
      }
      assert.equal(await write({}), 'json.rated')
      assert.equal(await write({ rated: { jurisdiction: 'DE', classes: { vehicle: 'tank' } } }), 'json.rated')
      assert.equal(await write({ rated: { jurisdiction: 'DE' }, startsOn: '2026-06-30' }), 'json.startsOn')
      assert.equal(await write({ rated: { jurisdiction: 'FR', classes: { vehicle: 'small' } } }), 'written')
      const { policies } = (await ana('GET', `/api/v1/drivers/${device.driverId}`)).body as Driver
      const written = policies.find(({ planId }) => planId === 'fairmile-2')
      assert.deepEqual(written?.rated, { jurisdiction: 'FR', classes: { vehicle: 'small' } })

      const strict = (await ana('POST', '/api/v1/plans/fairmile-2/simulate', {})).body as PlanDetail
      assert.match(strict.simulation!.notRated[0]!.reason, /names no jurisdiction/)
      const assumed = await ana('POST', '/api/v1/plans/fairmile-2/simulate', { assume: { jurisdiction: 'DE' } })
      assert.deepEqual((assumed.body as PlanDetail).simulation!.notRated, [])
    })

    it('issue receipts of the second format with what the policy tells the plan', async () => {
      const other = await addDevice(db, 2)
      await db.execute(
        sql`UPDATE policies SET plan_id = 'fairmile-2', rated = '{"jurisdiction": "FR"}' WHERE id = ${other.policyId}`,
      )
      await storeDrives(database, laneOf(other, 'trips'), [driveRecords(3)])
      await consumers.drain()
      const [row = assert.fail()] = await db
        .select({ body: wholeText })
        .from(receipts)
        .where(eq(receipts.policyId, other.policyId))
      const receipt = JSON.parse(row.body)
      assert.deepEqual(receipt.rated, { jurisdiction: 'FR' })
      assert.equal(receipt.features.find(({ name }: { name: string }) => name === 'night_share').value, null)
      assert.ok(receipt.steps.some(({ name }: { name: string }) => name === 'payable'))
    })
  })
}
