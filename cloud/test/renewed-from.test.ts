import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PolicyDetail } from '@fairmile/contract/http/policies.ts'
import { eq } from 'drizzle-orm'
import { policies } from '../src/db/schema/people.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricePolicy } from '../src/pricing/price-policy.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const shipped = loadPlans().get('fairmile-2') ?? assert.fail()
const plans = new Map([['by-place', { ...shipped, id: 'by-place', effectiveFrom: '2020-01-01' }]])
const rated = { jurisdiction: 'DE' }
const nowMs = Date.UTC(2026, 6, 20)

for (const engine of engines()) {
  describe(`the term before on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const price = createPricePolicy({ model, plans, now: () => nowMs })
    const { app, sessions } = createTestApp(db, { model: async () => model, plans, now: () => nowMs })
    const { policyId } = await addDevice(db, 1)
    await db.update(policies).set({ planId: 'by-place', rated, endsOn: '2026-12-31' }).where(eq(policies.id, policyId))
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const changed = async (id: string, act: string, body: unknown): Promise<string> => {
      const { status, body: told } = await admin('POST', `/api/v1/policies/${id}/${act}`, body)
      assert.ok(status < 300, JSON.stringify(told))
      return PolicyDetail.parse(told).id
    }
    let causes = 0
    const priced = async (id: string) =>
      (await db.transaction((tx) => price(tx, id, { cause: `price ${++causes}` }))).receipt

    it('is never a next term that was voided, however often that one was priced', async () => {
      const { id: receiptId } = await priced(policyId)
      const first = await changed(policyId, 'renew', {})
      assert.equal((await priced(first)).renewedFrom?.receiptId, receiptId)
      await priced(first)
      await changed(first, 'cancel', { on: '2027-01-01', reason: 'a mistake' })
      const second = await changed(policyId, 'renew', {})
      assert.equal((await priced(second)).renewedFrom?.receiptId, receiptId)
    })
  })
}
