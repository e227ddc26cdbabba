import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dayMs } from '@fairmile/models/rewards/calendar.ts'
import { eq } from 'drizzle-orm'
import { devices } from '../src/db/schema/devices.ts'
import { policies } from '../src/db/schema/people.ts'
import { engines } from './engines.ts'
import { rewardsRig } from './rewards-rig.ts'

for (const engine of engines()) {
  describe(`what rewards rest on, on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { clock, first, second, driver, base, rewards, drive, close } = await rewardsRig(database)
    const hear = (id: string, at = clock.ms) =>
      db
        .update(devices)
        .set({ lastSeenAt: new Date(at) })
        .where(eq(devices.id, id))

    it('keeps a missed challenge missed when its trips are older than what is judged anew', async () => {
      const path = `${base}/challenges/gentle-fortnight`
      const standing = async () => (await rewards()).challenges.find(({ id }) => id === 'gentle-fortnight')
      clock.ms = Date.UTC(2026, 5, 1, 6)
      assert.equal((await driver('PUT', path)).status, 200)
      clock.ms = Date.UTC(2026, 5, 12, 12)
      await drive(3, 'count')
      assert.partialDeepStrictEqual(await standing(), { state: 'missed', doneDays: 2 })
      clock.ms += 40 * 7 * dayMs
      await hear(first.id)
      await close()
      assert.partialDeepStrictEqual(await standing(), { state: 'missed', doneDays: 2 })
      assert.equal((await driver('PUT', path)).status, 200, 'it may be tried again')
      assert.equal((await standing())?.state, 'running')
    })

    it('waits for the box of each car that is insured', async () => {
      clock.ms = Date.UTC(2026, 5, 12, 12)
      const closed = async () => (await rewards()).weeks.filter(({ state }) => state === 'closed').length
      await hear(first.id)
      assert.equal(await closed(), 1)
      const { driverId } = first
      await db.insert(policies).values({
        ...{ id: 'POL-9', driverId, vehicleId: second.vehicleId, planId: 'fairmile-1' },
        ...{ startsOn: '2026-01-01', endsOn: '2026-12-31' },
      })
      assert.equal(await closed(), 1, 'it has no box that ever spoke')
      await hear(second.id, clock.ms - 6 * dayMs)
      assert.equal(await closed(), 0)
      await db.update(policies).set({ endsOn: '2026-06-05' }).where(eq(policies.id, 'POL-9'))
      assert.equal(await closed(), 1, 'it is not insured any more')
    })
  })
}
