import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Contest } from '@fairmile/contract/http/contests.ts'
import { DrivingEventList } from '@fairmile/contract/http/events.ts'
import { NotificationPage } from '@fairmile/contract/http/notifications.ts'
import { applyLimitCorrections } from '../src/contests/apply-limit-corrections.ts'
import { ruleSilentContests } from '../src/contests/rule-silent-contests.ts'
import { writeWords } from '../src/notify/templates/write-words.ts'
import { contestRig } from './contest-rig.ts'
import { renamed, speedingDrive } from './contested-drives.ts'
import { engines } from './engines.ts'

for (const engine of engines()) {
  describe(`what a driver is told of a limit that was put right, on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await contestRig(database)
    const { first, driver, other, admin2, store, contest, opened, ruled, countsOf, consumers, bill, ledgerOf } = rig
    const from = '2026-01-01T00:00:00Z'
    const newestPremium = async () => {
      const { body } = await driver('GET', `/api/v1/drivers/${first.driverId}/notifications`)
      const told = NotificationPage.parse(body).items.find(({ kind }) => kind === 'premium_updated')
      return told?.kind === 'premium_updated' ? told.data : null
    }
    /** What an event of the first driver's is by a limit that was put right. */
    const trueLimitOf = async (n: number) => {
      const { body } = await driver('GET', `/api/v1/trips/TRP-00000000000${n}/events`)
      return DrivingEventList.parse(body).items[0]?.trueLimit
    }
    /** What is told where the true limit is this, and as what the event counts then. */
    const toldOf = async (n: number, limitKmh: number) => {
      await store(0, speedingDrive(n))
      const upheld = { ruling: 'upheld', limit: { limitKmh, radiusM: 100, from } }
      const { state } = await ruled(await ruled(await opened(n, { reason: 'wrong_limit' }), upheld), upheld, admin2)
      assert.equal(state, 'upheld')
      const { body } = await driver('GET', `/api/v1/drivers/${first.driverId}/notifications`)
      const told = NotificationPage.parse(body).items.find(({ kind }) => kind === 'contest_ruled')
      if (told?.kind !== 'contest_ruled') return assert.fail()
      const words = writeWords(told, { language: 'en', timeZone: 'UTC' }).lines.slice(1)
      return { limit: told.data.limit, trueLimit: await trueLimitOf(n), counts: await countsOf(n), words }
    }

    it('is that the event counts where it still is speeding, and nothing of money that does not come back', async () => {
      assert.deepEqual(await toldOf(5, 60), {
        limit: { limitKmh: 60, isSpeeding: true, counts: true },
        trueLimit: { limitKmh: 60, band: 'count' },
        counts: ['speeding count'],
        words: [
          'Your contest was upheld. The limit there is 60 km/h; it was put right. By it the event still is speeding, and counts; score and premium are calculated again.',
        ],
      })
    })

    it('is that it does not count where it is a lesser event by it', async () => {
      const { limit, trueLimit, counts, words } = await toldOf(6, 75)
      assert.deepEqual(limit, { limitKmh: 75, isSpeeding: true, counts: false })
      assert.deepEqual(trueLimit, { limitKmh: 75, band: 'log' })
      assert.deepEqual(counts, ['speeding log'])
      assert.match(words.join(), /75 km\/h.*still speeding, but does not count;[^€]*$/)
    })

    it('is that it does not count where it is none, and what the term costs less', async () => {
      const { limit, trueLimit, counts, words } = await toldOf(7, 100)
      assert.deepEqual(limit, { limitKmh: 100, isSpeeding: false, counts: false })
      assert.deepEqual(trueLimit, { limitKmh: 100, band: null })
      assert.deepEqual(counts, [])
      assert.match(words.join(), /100 km\/h.*no speeding, and does not count;.*costs €\d\.\d\d less\.$/)
    })

    it('is nothing of a limit where another reason was upheld', async () => {
      await store(0, speedingDrive(8))
      await ruled(await opened(8, { reason: 'emergency' }), { ruling: 'upheld' })
      const { body } = await driver('GET', `/api/v1/drivers/${first.driverId}/notifications`)
      assert.partialDeepStrictEqual(NotificationPage.parse(body).items, [
        { kind: 'contest_ruled', data: { eventId: 'EVT-000000000008', limit: null } },
      ])
    })

    it('is what comes back of a bill, where nobody contested', async () => {
      await store(0, speedingDrive(3))
      assert.ok((await bill()) > 0)
      assert.equal((await newestPremium())?.refundedMinor, null)
      await applyLimitCorrections(db, { nowMs: Date.now(), failed: assert.fail })
      await consumers.drain()
      const [refund] = await ledgerOf()
      assert.deepEqual([refund?.kind, await countsOf(3)], ['refund', []])
      assert.deepEqual((await newestPremium())?.refundedMinor, -(refund?.amountMinor ?? 0))
    })

    it('is nothing of a limit that another had put right later: what was upheld for another reason counts for nothing still', async () => {
      await store(0, speedingDrive(4))
      await store(1, renamed(speedingDrive(9), 'A'))
      const upheld = { ruling: 'upheld', limit: { limitKmh: 60, radiusM: 100, from } }
      const { body } = await contest('A', { reason: 'wrong_limit' }, other)
      assert.equal((await ruled(await ruled(Contest.parse(body), upheld), upheld, admin2)).state, 'upheld')
      await applyLimitCorrections(db, { nowMs: Date.now(), failed: assert.fail })
      await consumers.drain()
      assert.deepEqual(await countsOf('A'), ['speeding count'])
      assert.deepEqual(await countsOf(8), [])
      assert.equal(await trueLimitOf(8), null)
      assert.deepEqual(await trueLimitOf(4), { limitKmh: 60, band: 'count' }, 'nobody contested it')
    })

    it('is nothing of a limit where silence upheld: the event counts for nothing, by a limit that another had put right before or has later', async () => {
      const silent = { nowMs: Date.now() + 40 * 86_400_000, failed: assert.fail }
      const correct = async (letter: string, n: number, limitKmh: number) => {
        await store(1, renamed(speedingDrive(n), letter))
        const { body } = await contest(letter, { reason: 'wrong_limit' }, other)
        const upheld = { ruling: 'upheld', limit: { limitKmh, radiusM: 100, from } }
        await ruled(await ruled(Contest.parse(body), upheld), upheld, admin2)
        await applyLimitCorrections(db, { nowMs: Date.now(), failed: assert.fail })
        await consumers.drain()
      }
      await correct('B', 10, 65)
      assert.deepEqual(await trueLimitOf(4), { limitKmh: 65, band: 'count' })
      const { id } = await opened(4, { reason: 'wrong_limit' })
      assert.deepEqual(await ruleSilentContests(db, silent), { upheld: 1, failed: 0 })
      await consumers.drain()
      const { body } = await driver('GET', `/api/v1/drivers/${first.driverId}/notifications`)
      assert.partialDeepStrictEqual(NotificationPage.parse(body).items, [
        { kind: 'contest_ruled', data: { contestId: id, ruling: 'upheld', limit: null } },
      ])
      await correct('C', 11, 60)
      assert.deepEqual([await countsOf(4), await trueLimitOf(4)], [[], null])
      assert.deepEqual(await countsOf('C'), ['speeding count'], 'for others it counts by the true limit')
    })
  })
}
