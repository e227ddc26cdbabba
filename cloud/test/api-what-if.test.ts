import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Premium } from '@fairmile/contract/http/pricing.ts'
import type { Problem } from '@fairmile/contract/http/problem.ts'
import { DriverReasons } from '@fairmile/contract/http/reasons.ts'
import { Score } from '@fairmile/contract/http/score.ts'
import { WhatIf } from '@fairmile/contract/http/what-if.ts'
import { scores } from '../src/db/schema/pricing.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { addUser, caller, callersOf, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const plans = loadPlans()
const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')

for (const engine of engines()) {
  describe(`reasons and what-if on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const device = await addDevice(db, 1)
    const other = await addDevice(db, 2)
    const now = () => Date.UTC(2026, 5, 10)
    const consumers = createConsumers({
      db,
      handlers: { risk: createRiskConsumer({ model, now }), pricing: createPricingConsumer({ model, plans, now }) },
      metrics: createMetrics(),
      log: createLog({ level: 'silent' }),
    })
    await storeDrives(database, laneOf(device, 'trips'), [driveRecords(1, 'count'), driveRecords(2, 'coach')])
    await storeDrives(database, laneOf(other, 'trips'), [driveRecords(3)])
    await consumers.drain()
    const { app, sessions } = createTestApp(db, { model: async () => model })
    const callerOf = callersOf({ db, app, sessions })
    const driver = await callerOf('driver@example.org', device.driverId)
    const stranger = await callerOf('stranger@example.org', other.driverId)
    const admin = await callerOf('admin@example.org', null)
    const base = `/api/v1/drivers/${device.driverId}`
    const ask = async (body: unknown, call = driver) => call('POST', `${base}/what-if`, body)
    const half = { changes: [{ feature: 'harsh_braking_rate', times: 0.5 }] }

    it('tell every feature of the score, adding up to its margin', async () => {
      const reasons = DriverReasons.parse((await driver('GET', `${base}/reasons`)).body)
      assert.deepEqual(reasons.features.map(({ feature }) => feature).toSorted(), model.manifest.features.toSorted())
      assert.ok(reasons.margin !== null)
      const sum = reasons.features.reduce((total, { shap }) => total + shap, reasons.base)
      assert.ok(Math.abs(sum - reasons.margin) < 1e-4, `${sum} is not ${reasons.margin}`)
      const score = Score.parse((await driver('GET', `${base}/score`)).body)
      const [strongest] = reasons.features
      assert.equal(strongest?.feature, score.reasons[0]?.feature)
      assert.equal(strongest?.code, score.reasons[0]?.code)
    })

    it('answer what a changed feature does to score and price', async () => {
      const answer = WhatIf.parse((await ask(half)).body)
      const [changed] = answer.changed
      assert.ok(changed && changed.from !== null && Math.abs(changed.to - changed.from / 2) < 1e-6)
      const { difference, before, after } = answer
      assert.ok(difference && before && after)
      assert.ok(difference.low <= difference.risk && difference.risk <= difference.high)
      assert.ok(Math.abs(after.risk - before.risk - difference.risk) < 1e-6)
      const premium = Premium.parse((await driver('GET', `${base}/premium`)).body)
      assert.equal(answer.price?.beforeMinor, premium.monthMinor)
      assert.ok(answer.price.afterMinor <= answer.price.beforeMinor)
    })

    it('answer for the same days without an event: the trip is clean, and the discount with it', async () => {
      const answer = WhatIf.parse((await ask({ withoutEvents: ['EVT-000000000001'] })).body)
      assert.deepEqual(answer.changed, [])
      assert.ok(answer.difference && answer.difference.risk <= 0)
      assert.ok((answer.price?.afterMinor ?? 0) < (answer.price?.beforeMinor ?? 0))
    })

    it('refuse what cannot be, and name it', async () => {
      const refused = async (body: unknown) => {
        const answer = await ask(body)
        assert.equal(answer.status, 422)
        return answer.body as Problem
      }
      const beyond = await refused({
        changes: [
          { feature: 'harsh_braking_rate', to: -1 },
          { feature: 'star_sign', to: 1 },
        ],
      })
      assert.deepEqual(
        beyond.errors?.map(({ path }) => path),
        ['json.changes', 'json.changes'],
      )
      assert.match(beyond.detail ?? '', /"star_sign" is no feature/)
      assert.match((await refused({ withoutEvents: ['EVT-000000000009'] })).detail ?? '', /EVT-000000000009/)
      // Another driver's event looks like none.
      assert.match((await refused({ withoutEvents: ['EVT-000000000003'] })).detail ?? '', /EVT-000000000003/)
      await refused({ changes: [{ feature: 'harsh_braking_rate', to: 1, times: 2 }] })
      await refused({})
    })

    it('are for the driver and admins: to others there is no such score', async () => {
      const statuses = async (call: typeof driver) => [
        (await call('GET', `${base}/reasons`)).status,
        (await ask(half, call)).status,
      ]
      assert.deepEqual(await statuses(driver), [200, 200])
      assert.deepEqual(await statuses(admin), [200, 200])
      assert.deepEqual(await statuses(stranger), [404, 404])
    })

    it('are told of what was stored where the model of the score is not open, and say so where nothing was', async () => {
      const { app: closed, sessions: others } = createTestApp(db)
      const { token } = await others.issue(await addUser(db, 'late@example.org'))
      const late = caller(closed, token)
      const { features } = DriverReasons.parse((await driver('GET', `${base}/reasons`)).body)
      assert.deepEqual(DriverReasons.parse((await late('GET', `${base}/reasons`)).body).features, features)
      await db.update(scores).set({ shapRow: null })
      const uncached = caller(createTestApp(db).app, token)
      assert.equal((await uncached('GET', `${base}/reasons`)).status, 503)
      assert.equal((await ask(half, late)).status, 503)
    })
  })
}
