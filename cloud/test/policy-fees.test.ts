import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { eq } from 'drizzle-orm'
import { policies } from '../src/db/schema/people.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricePolicy } from '../src/pricing/price-policy.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { policyCalls } from './policy-rig.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const shipped = loadPlans().get('fairmile-2') ?? assert.fail()
// As of a day that is past for the policies here.
const plans = new Map<string, RatingPlan>()
const byPlace = { ...shipped, effectiveFrom: '2020-01-01' }
const { outside: _fees, ...free } = byPlace
plans.set('by-place', { ...byPlace, id: 'by-place' }).set('free', { ...free, id: 'free' })
const nowMs = Date.UTC(2026, 6, 20)

for (const engine of engines()) {
  describe(`fees of policies on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const price = createPricePolicy({ model, plans, now: () => nowMs })
    const { app, sessions } = createTestApp(db, { model: async () => model, plans, now: () => nowMs })
    const { policyId } = await addDevice(db, 1)
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const { done } = policyCalls(admin)
    const told = async (id: string) => {
      const { receipt } = await db.transaction((tx) => price(tx, id, { cause: `a test of ${id}` }))
      return [receipt.endorsementOf?.policyId, receipt.steps.find(({ name }) => name.startsWith('fee: '))?.value]
    }

    it('are charged once a term, whatever becomes of the policy within it', async () => {
      const rated = { jurisdiction: 'DE' }
      await db.update(policies).set({ planId: 'by-place', rated }).where(eq(policies.id, policyId))
      assert.deepEqual(await told(policyId), [undefined, 500])
      const vehicle = { name: 'Another car' }
      const { id: second } = await done(policyId, 'endorse', { on: '2026-06-15', vehicle, reason: 'a new car' })
      assert.deepEqual(await told(second), [policyId, 0])
      const { id: third } = await done(second, 'endorse', { on: '2026-07-10', vehicle, reason: 'and another' })
      assert.deepEqual(await told(third), [second, 0])
      const { id: next } = await done(third, 'renew', {})
      assert.deepEqual(await told(next), [undefined, 500])
      assert.deepEqual(await told(policyId), [undefined, 500])
    })

    it('are charged once after a change from a plan without them to one with them', async () => {
      const { policyId: first } = await addDevice(db, 2)
      await db
        .update(policies)
        .set({ planId: 'free', rated: { jurisdiction: 'DE' } })
        .where(eq(policies.id, first))
      assert.deepEqual(await told(first), [undefined, undefined])
      const { id: second } = await done(first, 'endorse', {
        on: '2026-06-15',
        planId: 'by-place',
        reason: 'another plan',
      })
      assert.deepEqual(await told(second), [first, 500])
      const { id: third } = await done(second, 'endorse', { on: '2026-07-01', planId: 'free', reason: 'and back' })
      assert.deepEqual(await told(third), [second, undefined])
      const { id: fourth } = await done(third, 'endorse', { on: '2026-07-10', planId: 'by-place', reason: 'and again' })
      assert.deepEqual(await told(fourth), [third, 0])
    })
  })
}
