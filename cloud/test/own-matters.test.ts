import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { BulkPreview } from '@fairmile/contract/http/bulk.ts'
import type { Problem } from '@fairmile/contract/http/problem.ts'
import { eq } from 'drizzle-orm'
import { users } from '../src/db/schema/people.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { policyCalls } from './policy-rig.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const base = loadPlans().get('fairmile-1') ?? assert.fail()
const plans = new Map([base, { ...base, id: 'cheaper' }].map((plan) => [plan.id, plan]))
const nowMs = Date.UTC(2026, 6, 20)
const refusal = /may be at this log-in\..*users set-password/

for (const engine of engines()) {
  describe(`an admin who drives, on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const [own, another] = [await addDevice(db, 1), await addDevice(db, 2)]
    const { app, sessions } = createTestApp(db, { model: async () => model, plans, now: () => nowMs })
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const self = await addUser(db, 'first@example.org', own.driverId)
    await addUser(db, 'second@example.org', another.driverId)
    const driver = caller(app, (await sessions.issue({ ...self, role: 'admin' })).token)
    const refused = ({ status, body }: { status: number; body: unknown }) => {
      assert.equal(status, 403, JSON.stringify(body))
      assert.match((body as Problem).detail ?? '', refusal)
    }
    const give = (by: typeof admin, { driverId }: typeof own, points = 50) =>
      by('POST', '/api/v1/admin/rewards/corrections', { driverId, points, reason: 'a long wait' })

    it('gives no points to themselves, but may to others and may lose their own', async () => {
      refused(await give(driver, own))
      assert.equal((await give(admin, own)).status, 201)
      assert.equal((await give(driver, another)).status, 201)
      assert.equal((await give(driver, own, -50)).status, 201)
    })

    it('gives points to a driver whose first password they set, and none to one who may know theirs', async () => {
      const known = (of: string, to: string[]) =>
        db.update(users).set({ passwordKnownTo: to }).where(eq(users.email, of))
      await known('second@example.org', [self.id])
      assert.equal((await give(driver, another)).status, 201)
      await known('admin@example.org', [self.id])
      refused(await give(admin, own))
      await known('admin@example.org', [])
      assert.equal((await give(admin, own)).status, 201)
    })

    it('moves no policy of their own to another plan among many', async () => {
      const ask = { policies: { ids: [own.policyId, another.policyId] }, toPlan: 'cheaper' }
      const warned = async (by: typeof admin) => {
        const { status, body } = await by('POST', '/api/v1/admin/bulk/move-policies/preview', ask)
        assert.equal(status, 200, JSON.stringify(body))
        const { items } = body as BulkPreview
        return new Map(items.map(({ id, warning }) => [id, warning]))
      }
      const told = await warned(driver)
      assert.equal(told.get(own.policyId), 'its driver may be at this log-in')
      assert.equal(told.get(another.policyId), null)
      assert.deepEqual([...(await warned(admin)).values()], [null, null])
    })

    it('insures no vehicle for themselves', async () => {
      const policy = { planId: 'fairmile-1', vehicle: { name: 'A van' }, startsOn: '2026-01-01', endsOn: '2026-12-31' }
      const insure = (by: typeof admin, { driverId }: typeof own) =>
        by('POST', '/api/v1/policies', { driverId, ...policy })
      refused(await insure(driver, own))
      assert.equal((await insure(admin, own)).status, 201)
      assert.equal((await insure(driver, another)).status, 201)
    })

    it('neither renews, endorses, undoes nor cancels a policy of their own', async () => {
      const [asDriver, asOther] = [policyCalls(driver), policyCalls(admin)]
      const endorsement = { on: '2026-08-01', planId: 'cheaper', reason: 'a cheaper plan' }
      const end = (on: string) => ({ on, reason: 'it was sold' })
      refused(await asDriver.post(own.policyId, 'renew', {}))
      refused(await asDriver.post(own.policyId, 'endorse', endorsement))
      refused(await asDriver.post(own.policyId, 'cancel', end('2026-08-01')))
      const next = await asOther.done(own.policyId, 'endorse', endorsement)
      refused(await asDriver.post(next.id, 'cancel', end(next.startsOn)))
      assert.equal((await asOther.done(next.id, 'cancel', end(next.startsOn))).state, 'voided')
      assert.equal((await asOther.get(own.policyId)).state, 'active')
      // That of others is theirs to change as any admin's.
      assert.equal((await asDriver.done(another.policyId, 'cancel', end('2026-08-01'))).state, 'cancelled')
    })
  })
}
