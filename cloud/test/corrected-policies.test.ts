import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PremiumEntry } from '@fairmile/contract/http/ledger.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { asc, desc, eq, gt, max } from 'drizzle-orm'
import { applyLimitCorrections } from '../src/contests/apply-limit-corrections.ts'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { policies } from '../src/db/schema/people.ts'
import { premiums } from '../src/db/schema/pricing.ts'
import { restsOn } from '../src/pricing/rests-on.ts'
import { contestRig } from './contest-rig.ts'
import { renamed, speedingDrive } from './contested-drives.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { storeDrives } from './stored-drive.ts'

const trip = (n: string) => `TRP-00000000000${n}`

for (const engine of engines()) {
  describe(`a limit that was corrected, on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { first, second, store, opened, contest, ruled, get, other, admin, admin2, consumers, now } =
      await contestRig(database)
    const policyIds = async () =>
      (await db.select().from(policies).orderBy(asc(policies.startsOn), asc(policies.id))).map(({ id }) => id)
    /** Policies whose newest premium does not rest on their trips as they are. */
    const stale = async () => {
      const found: string[] = []
      for (const id of await policyIds()) {
        const { policyId, version, tripsHash } = premiums
        const newest = await db.select({ tripsHash }).from(premiums).where(eq(policyId, id)).orderBy(desc(version))
        if (newest[0]?.tripsHash !== (await restsOn(db, id)).tripsHash) found.push(id)
      }
      return found
    }

    it('prices every policy that its trips are on: one that is over, what follows it, and another car that was lent', async () => {
      const { driverId, policyId } = first
      await store(0, speedingDrive(5), speedingDrive(6))
      const until = { on: '2026-07-02', rated: {}, reason: 'another rating' }
      assert.equal((await admin('POST', `/api/v1/policies/${policyId}/endorse`, until)).status, 201)
      await store(0, speedingDrive(32), speedingDrive(33))
      const car = await addDevice(db, 3)
      await db.update(policies).set({ driverId }).where(eq(policies.id, car.policyId))
      await storeDrives(database, laneOf(car, 'trips'), [speedingDrive(4)])
      const lent = { driverId: second.driverId, reason: 'a car that was lent' }
      assert.equal((await admin('POST', `/api/v1/trips/${trip('4')}/driver`, lent)).status, 200)
      await store(1, renamed(speedingDrive(7), 'A'))
      assert.deepEqual(await stale(), [])

      const { status, body } = await contest('A', { reason: 'wrong_limit' }, other)
      assert.equal(status, 201)
      const limit = { limitKmh: 80, radiusM: 100, from: '2026-01-01T00:00:00Z' }
      const agreed = await ruled(body as Awaited<ReturnType<typeof opened>>, { ruling: 'upheld', limit })
      assert.equal((await ruled(agreed, { ruling: 'upheld', limit }, admin2)).state, 'upheld')
      const [{ last } = { last: null }] = await db.select({ last: max(domainEvents.id) }).from(domainEvents)
      assert.deepEqual(await applyLimitCorrections(db, { nowMs: now(), failed: assert.fail }), {
        corrections: 1,
        trips: 5,
        failed: 0,
      })
      const told = await db
        .select({ data: domainEvents.data })
        .from(domainEvents)
        .where(gt(domainEvents.id, last ?? 0))
        .orderBy(asc(domainEvents.id))
      const [, follower] = (await policyIds()).filter((id) => ![car, second].some((one) => one.policyId === id))
      const tripsOf = ({ data }: (typeof told)[number]) => {
        const {
          driverId,
          policyId,
          tripId,
          tripIds = [tripId],
        } = data as Record<string, string> & { tripIds?: string[] }
        return [driverId, policyId, [...tripIds].sort()]
      }
      assert.deepEqual(told.map(tripsOf), [
        [second.driverId, second.policyId, [trip('4')]],
        [driverId, car.policyId, [trip('4')]],
        [driverId, policyId, [trip('5'), trip('6')]],
        [driverId, follower, [trip('32'), trip('33')]],
      ])
      await consumers.drain()
      assert.deepEqual(await stale(), [])
      const { items } = (await get(`/api/v1/policies/${policyId}/ledger`)) as Page<PremiumEntry>
      assert.equal(items[0]?.kind, 'refund')
      assert.ok((items[0]?.amountMinor ?? 0) < 0)
    })
  })
}
