import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { eq, sql } from 'drizzle-orm'
import { effectOf } from '../src/contests/effect.ts'
import type { ContestRow } from '../src/contests/settle-contest.ts'
import { type Database, selectRows } from '../src/db/database.ts'
import { policies } from '../src/db/schema/people.ts'
import { trips } from '../src/db/schema/trips.ts'
import { ProblemError } from '../src/http/problem.ts'
import { cancelPolicy } from '../src/pricing/change-policy.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricePolicy, type PricePolicy } from '../src/pricing/price-policy.ts'
import { tripPremium } from '../src/pricing/trip-premium.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { isRight } from './contest-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives, tripStart } from './stored-drive.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const plans = loadPlans()
const nowMs = Date.UTC(2026, 5, 20)

/** Waits until so many connections wait for a lock, or what was to wait is over. */
async function untilWaiting(db: Database, count: number, work: Promise<unknown>): Promise<void> {
  const over = { is: false }
  const note = () => {
    over.is = true
  }
  work.then(note, note)
  for (;;) {
    const [row] = await selectRows<{ waiting: number }>(
      db,
      sql`SELECT count(*)::int AS waiting FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (over.is || (row && row.waiting >= count)) return
  }
}

for (const engine of engines()) {
  describe(`policies that end early on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const leftOut: [string, readonly string[]][] = []
    const price = createPricePolicy({
      ...{ model, plans, now: () => nowMs },
      leftOut: (policyId, tripIds) => leftOut.push([policyId, tripIds]),
    })
    const cancel = (policyId: string, by: PricePolicy = price) =>
      cancelPolicy(db, policyId, { on: '2026-06-05', reason: 'sold' }, { plans, price: by, by: 'USR-1', nowMs })
    const priced = (policyId: string) => db.transaction((tx) => price(tx, policyId, { cause: 'test' }))
    const policyOf = async (tripId: string) => (await db.select().from(trips).where(eq(trips.id, tripId)))[0]?.policyId
    // The embedded database has one connection: nothing comes between.
    const atOnce = engine.name === 'PostgreSQL' ? it : it.skip

    it('do not pay for a trip outside of their term, and say which it is', async () => {
      const device = await addDevice(db, 1)
      await storeDrives(database, laneOf(device, 'trips'), [driveRecords(1), driveRecords(7)])
      await db.update(policies).set({ endsOn: '2026-06-04' }).where(eq(policies.id, device.policyId))
      const { receipt } = await priced(device.policyId)
      assert.deepEqual(
        receipt.trips.map(({ id }) => id),
        ['TRP-000000000001'],
      )
      assert.deepEqual(leftOut, [[device.policyId, ['TRP-000000000007']]])
      assert.ok(isRight(receipt))
      // Nor is such a trip told as one that costs, or that a contest is about.
      const options = { model, plans, nowMs }
      const outside = { tripId: 'TRP-000000000007', policyId: device.policyId }
      const told = await tripPremium(db, outside, options)
      assert.partialDeepStrictEqual(told, { withMinor: receipt.premiumMinor, differenceMinor: 0 })
      const contest = { id: 'CON-1', ...outside, driverId: device.driverId } as ContestRow
      const effect = await effectOf(db, contest, options)
      assert.partialDeepStrictEqual(effect, { premiumMinor: 0, without: { premiumMinor: receipt.premiumMinor } })
    })

    atOnce('wait for a trip that is being given to them, and do not end before it', async () => {
      const device = await addDevice(db, 2)
      const { id: deviceId, vehicleId, policyId } = device
      const row = { id: 'TRP-000000000008', deviceId, bootId: 1, vehicleId, startAt: new Date(tripStart(8)) }
      class Undone extends Error {}
      let stored: Promise<void> | undefined
      let cancelled: Promise<unknown> | undefined
      await assert.rejects(
        db.transaction(async (tx) => {
          // Ingest has chosen the policy by the time it waits for this row.
          await tx.insert(trips).values(row)
          stored = storeDrives(database, laneOf(device, 'trips'), [driveRecords(8)])
          await untilWaiting(db, 1, stored)
          cancelled = cancel(policyId).then(
            () => null,
            (error: unknown) => error,
          )
          await untilWaiting(db, 2, cancelled)
          throw new Undone()
        }),
        Undone,
      )
      await stored
      const problem = await cancelled
      assert.ok(
        problem instanceof ProblemError && /began on 2026-06-05 or later/.test(problem.message),
        String(problem),
      )
      assert.equal(await policyOf(row.id), policyId)
      assert.ok(isRight((await priced(policyId)).receipt))
    })

    atOnce('are given no trip once they are being ended', async () => {
      const device = await addDevice(db, 3)
      let stored: Promise<void> | undefined
      await cancel(device.policyId, async (...asked) => {
        // Its record alone: nothing of it was here before.
        stored = storeDrives(database, laneOf(device, 'trips'), [driveRecords(9).slice(2)])
        await untilWaiting(db, 1, stored)
        return price(...asked)
      })
      await stored
      assert.equal(await policyOf('TRP-000000000009'), null)
      assert.ok(isRight((await priced(device.policyId)).receipt))
    })
  })
}
