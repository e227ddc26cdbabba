import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { eq } from 'drizzle-orm'
import { policies } from '../src/db/schema/people.ts'
import { trips } from '../src/db/schema/trips.ts'
import { simulatePlan } from '../src/plans/simulate-plan.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricePolicy } from '../src/pricing/price-policy.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const plans = loadPlans()
const rated = { jurisdiction: 'DE' }

for (const engine of engines()) {
  describe(`the simulation of a plan on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const clock = { ms: Date.UTC(2026, 5, 20, 12) }
    const price = createPricePolicy({ model, plans, now: () => clock.ms })
    const priced = (id: string) => db.transaction((tx) => price(tx, id, { cause: `test ${clock.ms}` }))
    const stepOf = ({ steps }: ReceiptV2, wanted: string) => steps.find(({ name }) => name === wanted)?.value
    const simulated = async (planId: string) => {
      const { notRated, ...result } = await simulatePlan(db, { plan: plans.get(planId)!, model, now: clock.ms })
      assert.deepEqual(notRated, [])
      return result
    }

    it('prices each policy as its ledger does: who drove, what was carried on, and the term before', async () => {
      await takeInPlans(db, [...plans.values()])
      const device = await addDevice(db, 1)
      const { policyId: id, driverId, vehicleId } = device
      await db.update(policies).set({ planId: 'fairmile-2', rated, endsOn: '2026-06-30' }).where(eq(policies.id, id))
      await storeDrives(
        database,
        laneOf(device, 'trips'),
        [1, 2, 3].map((n) => driveRecords(n, 'count')),
      )
      await db.update(trips).set({ driverId: null, assigned: true }).where(eq(trips.id, 'TRP-000000000003'))
      const { receipt } = await priced(id)
      assert.equal(receipt.trips.at(-1)?.driver, 'other')
      const told = await simulated('fairmile-2')
      assert.deepEqual([told.policies, told.beforeMinor], [1, stepOf(receipt, 'computed')])

      const carried = { policyId: id, receiptId: receipt.id, relativityPpm: 700_000 }
      const next = { id: 'POL-9', driverId, vehicleId, planId: 'fairmile-2', rated, follows: id, carried }
      await db.insert(policies).values({ ...next, startsOn: '2026-07-01', endsOn: '2026-12-31' })
      const later = [4, 5, 6].map((n) => driveRecords(n))
      await storeDrives(database, laneOf(device, 'trips', { boot: 2 }), later)
      for (const n of [4, 5, 6]) {
        const startAt = new Date(Date.UTC(2026, 6, n, 12))
        const moved = { startAt, endAt: new Date(startAt.getTime() + 3_600_000), policyId: 'POL-9' }
        await db
          .update(trips)
          .set(moved)
          .where(eq(trips.id, `TRP-00000000000${n}`))
      }
      clock.ms = Date.UTC(2026, 6, 20, 12)
      const renewed = (await priced('POL-9')).receipt
      assert.ok(renewed.carried && renewed.renewedFrom)
      const { policies: count, beforeMinor, afterMinor } = await simulated('fairmile-2')
      assert.deepEqual([count, beforeMinor, afterMinor], [1, stepOf(renewed, 'computed'), stepOf(renewed, 'computed')])
    })
  })
}
