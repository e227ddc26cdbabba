import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Contest } from '@fairmile/contract/http/contests.ts'
import { DrivingEventList } from '@fairmile/contract/http/events.ts'
import { NotificationPage } from '@fairmile/contract/http/notifications.ts'
import { eq } from 'drizzle-orm'
import { applyLimitCorrections } from '../src/contests/apply-limit-corrections.ts'
import { rulingsOf } from '../src/contests/rulings-of.ts'
import { limitCorrections } from '../src/db/schema/contests.ts'
import { tripsOfPolicy } from '../src/trips/ended-trips.ts'
import { contestRig, grounds } from './contest-rig.ts'
import { renamed, speedingDrive } from './contested-drives.ts'
import { engines } from './engines.ts'

for (const engine of engines()) {
  describe(`limits that are put right more than once at a place, on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { first, driver, other, admin, admin2, store, contest, ruled, countsOf, causesOf, consumers } =
      await contestRig(database)
    /** Puts the limit right by the contest of a drive, for everyone who passed. */
    const correct = async (n: number | string, limitKmh: number, who: typeof driver): Promise<Contest> => {
      const { body } = await contest(n, { reason: 'wrong_limit' }, who)
      const upheld = { ruling: 'upheld', limit: { limitKmh, radiusM: 100, from: '2026-01-01T00:00:00Z' } }
      const settled = await ruled(await ruled(Contest.parse(body), upheld), upheld, admin2)
      await applyLimitCorrections(db, { nowMs: Date.now(), failed: assert.fail })
      await consumers.drain()
      return settled
    }
    const trueLimitOf = async (n: number) => {
      const { body } = await driver('GET', `/api/v1/trips/TRP-00000000000${n}/events`)
      return DrivingEventList.parse(body).items[0]?.trueLimit
    }
    const rulingIdsOf = async (n: number) => {
      const trips = await tripsOfPolicy(db, first.policyId)
      const rulings = await rulingsOf(
        db,
        trips.filter(({ id }) => id === `TRP-00000000000${n}`),
      )
      return rulings.map(({ rulingId }) => rulingId)
    }
    const limitIdOf = async ({ id }: Contest) => {
      const [correction] = await db.select().from(limitCorrections).where(eq(limitCorrections.contestId, id))
      return `LIM-${correction?.id}`
    }
    await store(0, speedingDrive(1), speedingDrive(2))
    await store(1, renamed(speedingDrive(3), 'A'), renamed(speedingDrive(4), 'B'))

    it('count by the newest, but an event that was upheld never by a lower one than its own ruling said', async () => {
      const own = await correct(1, 100, driver)
      assert.deepEqual([await countsOf(1), await countsOf(2)], [[], []])
      const lower = await correct('A', 60, other)
      assert.deepEqual([await countsOf(1), await trueLimitOf(1)], [[], { limitKmh: 100, band: null }])
      assert.deepEqual([await countsOf(2), await trueLimitOf(2)], [['speeding count'], { limitKmh: 60, band: 'count' }])
      // A receipt names what counts.
      assert.deepEqual([await rulingIdsOf(1), await rulingIdsOf(2)], [[own.id], [await limitIdOf(lower)]])
    })

    it('count by a higher one, also what was upheld by a lower one before', async () => {
      const higher = await correct('B', 75, other)
      assert.deepEqual(await trueLimitOf(2), { limitKmh: 75, band: 'log' })
      assert.deepEqual(await countsOf('A'), ['speeding log'], 'its own ruling said 60')
      assert.deepEqual(await rulingIdsOf(2), [await limitIdOf(higher)])
      assert.deepEqual(await countsOf(1), [])
    })

    it('are told by the ruling, also where the job judged the event by a lower one before that was told', async () => {
      await store(0, speedingDrive(5))
      await store(1, renamed(speedingDrive(6), 'C'))
      const own = Contest.parse((await contest(5, { reason: 'wrong_limit' })).body)
      const later = Contest.parse((await contest('C', { reason: 'wrong_limit' }, other)).body)
      for (const [{ id, version }, limitKmh] of [
        [own, 100],
        [later, 60],
      ] as const)
        for (const [n, who] of [admin, admin2].entries()) {
          const limit = { limitKmh, radiusM: 100, from: '2026-01-01T00:00:00Z' }
          const ruling = { version: version + n, grounds, ruling: 'upheld', limit }
          const { status, body } = await who('POST', `/api/v1/contests/${id}/rulings`, ruling)
          assert.equal(status, 201, JSON.stringify(body))
        }
      await applyLimitCorrections(db, { nowMs: Date.now(), failed: assert.fail })
      await consumers.drain()
      const { body } = await driver('GET', `/api/v1/drivers/${first.driverId}/notifications`)
      const told = NotificationPage.parse(body).items.find(({ kind }) => kind === 'contest_ruled')
      const told100 = { limitKmh: 100, isSpeeding: false, counts: false }
      assert.partialDeepStrictEqual(told?.data, { contestId: own.id, limit: told100 })
    })

    it('make no version of a trip that another device’s event names', async () => {
      const [start, , ended] = renamed(speedingDrive(7), 'D')
      const [, event] = renamed(speedingDrive(8), 'E')
      if (event?.type !== 'event' || !start || !ended) return assert.fail()
      await store(1, [{ ...event, event: { ...event.event, tripId: 'TRP-00000000000D' } }])
      await store(0, [start, ended])
      await applyLimitCorrections(db, { nowMs: Date.now(), failed: assert.fail })
      assert.deepEqual(await causesOf('D'), ['recorded'])
    })
  })
}
