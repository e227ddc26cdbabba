import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Contest } from '@fairmile/contract/http/contests.ts'
import { Trip } from '@fairmile/contract/http/trips.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { emptyStatistics } from '@fairmile/models/trips/merge-statistics.ts'
import { eq } from 'drizzle-orm'
import { ruleSilentContests } from '../src/contests/rule-silent-contests.ts'
import { trips } from '../src/db/schema/trips.ts'
import { keepFoundTrips } from '../src/trips/keep-found-trips.ts'
import { contestRig } from './contest-rig.ts'
import { longer, renamed } from './contested-drives.ts'
import { engines } from './engines.ts'
import { driveRecords, tripStart } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`a trip of which "not me" is said, on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await contestRig(database)
    const { first, second, driver, admin, admin2, get, scoreOf, premiumOf, store, opened, ruled, consumers } = rig
    const driverOf = async (n: string) => Trip.parse(await get(`/api/v1/trips/TRP-00000000000${n}`)).driverId
    /** Kilometres in the score of the first driver, and those that their policy pays for. */
    const kmOf = async () => [(await scoreOf()).exposureKm, (await premiumOf()).exposureKm]
    const upheld = { ruling: 'upheld' }
    const saysDriven = async (n: string, driverId: string | null) => {
      const body = { driverId, reason: 'it was lent' }
      const { status } = await admin('POST', `/api/v1/trips/TRP-00000000000${n}/driver`, body)
      await consumers.drain()
      return status
    }
    /** A drive whose event is here, and contested, before anything else of it; and what is told later. */
    const contestedFirst = async (n: number, letter: string): Promise<{ contested: Contest; rest: TripsRecord[] }> => {
      const [start, event, trip] = renamed(driveRecords(n, 'count'), letter)
      if (!start || !event || !trip) return assert.fail()
      await store(0, [event])
      return { contested: await opened(letter, { reason: 'not_me' }), rest: [start, trip] }
    }
    await store(0, driveRecords(1))
    await store(1, renamed(driveRecords(1), 'Z'))

    it('stays nobody’s where the car tells a longer drive before the ruling, and its kilometres stay on the policy', async () => {
      const before = await kmOf()
      await store(0, renamed(driveRecords(11, 'count'), 'E'))
      const contested = await opened('E', { reason: 'not_me' })
      await store(0, renamed(longer(11, 7200), 'E'))
      const without = [before[0], before[1]! + 60 + 108]
      assert.deepEqual([await driverOf('E'), await kmOf()], [null, without])
      assert.equal((await ruled(contested, upheld)).state, 'upheld')
      assert.deepEqual([await driverOf('E'), await kmOf()], [null, without])
    })

    it('is the driver’s again, as told meanwhile, where it is rejected', async () => {
      const before = await kmOf()
      await store(0, renamed(driveRecords(12, 'count'), 'F'))
      const contested = await opened('F', { reason: 'not_me' })
      await store(0, renamed(longer(12, 7200), 'F'))
      await ruled(contested, { ruling: 'rejected' })
      assert.deepEqual([await driverOf('F'), await kmOf()], [first.driverId, before.map((km) => km! + 168)])
    })

    it('is taken away by the ruling where it is the driver’s all the same by then', async () => {
      await store(0, renamed(driveRecords(13, 'count'), 'G'))
      const contested = await opened('G', { reason: 'not_me' })
      // As a record leaves it that was stored while the contest was opened.
      await db.update(trips).set({ driverId: first.driverId, assigned: false }).where(eq(trips.id, 'TRP-00000000000G'))
      assert.equal((await ruled(contested, upheld)).state, 'upheld')
      assert.equal(await driverOf('G'), null)
    })

    it('is nobody’s from its first record on where its event was contested before, while that is pending and once silence upholds it', async () => {
      const before = await kmOf()
      const { rest } = await contestedFirst(14, 'H')
      await store(0, rest)
      const without = [before[0], before[1]! + 60]
      assert.deepEqual([await driverOf('H'), await kmOf()], [null, without])
      await ruleSilentContests(db, { nowMs: Date.now() + 40 * 86_400_000, failed: assert.fail })
      await consumers.drain()
      assert.deepEqual([await driverOf('H'), await kmOf()], [null, without])
    })

    it('is whose it was ruled to be where the ruling came before its first record', async () => {
      const denied = await contestedFirst(15, 'I')
      const rejected = await contestedFirst(16, 'J')
      const named = await contestedFirst(21, 'P')
      for (const [contested, word] of [
        [denied.contested, upheld],
        [rejected.contested, { ruling: 'rejected' }],
        [named.contested, { ...upheld, driverId: second.driverId }],
      ] as const)
        await ruled(await ruled(contested, word), word, admin2)
      await store(0, denied.rest, rejected.rest, named.rest)
      assert.deepEqual(
        [await driverOf('I'), await driverOf('J'), await driverOf('P')],
        [null, first.driverId, second.driverId],
      )
    })

    it('is denied by one event alone, also before its first record', async () => {
      const { contested } = await contestedFirst(20, 'N')
      const [, event] = renamed(driveRecords(20, 'count'), 'N')
      if (event?.type !== 'event') return assert.fail()
      await store(0, [{ ...event, event: { ...event.event, id: 'EVT-00000000000O' } }])
      const again = await rig.contest('O', { reason: 'not_me' })
      assert.equal(again.status, 409)
      assert.match(JSON.stringify(again.body), new RegExp(`by contest .+${contested.id}`))
    })

    /** The cloud finds the drive of a day. */
    const findDrive = (n: number) => {
      const startAt = tripStart(n)
      const end = { endLat: 49.3, endLon: 12.2, endAt: startAt + 3_600_000, lastSeq: n * 1_201 }
      const found = { bootId: 1, startAt, startLat: 49, startLon: 12, firstSeq: (n - 1) * 1_201 + 1, ...end }
      const { firstSeq, lastSeq } = found
      const due = [{ ...found, statistics: { ...emptyStatistics(), distanceM: 60_000, durationS: 3_600 } }]
      const log = { deviceId: first.id, bootId: 1 }
      return db.transaction((tx) => keepFoundTrips(tx, log, { firstSeq, lastSeq, due, early: [] }))
    }

    it('is nobody’s also where the cloud finds it before a record comes', async () => {
      const { rest } = await contestedFirst(17, 'K')
      await store(0, rest.slice(0, 1))
      const kept = await findDrive(17)
      assert.partialDeepStrictEqual(kept, [{ id: 'TRP-00000000000K', source: 'cloud', driverId: null, assigned: true }])
      assert.equal(kept[0]?.policyId, first.policyId)
    })

    it('is nobody’s where they were named of what was found before its start was told', async () => {
      const { rest } = await contestedFirst(19, 'M')
      const [found = assert.fail()] = await findDrive(19)
      const named = { driverId: first.driverId, reason: 'so the garage says' }
      assert.equal((await admin('POST', `/api/v1/trips/${found.id}/driver`, named)).status, 200)
      await store(0, rest.slice(0, 1))
      assert.partialDeepStrictEqual(await findDrive(19), [{ id: 'TRP-00000000000M', driverId: null, assigned: true }])
    })

    it('goes back to who said so twice, and was wrong the second time', async () => {
      await store(0, renamed(driveRecords(18, 'count'), 'L'))
      assert.equal((await ruled(await opened('L', { reason: 'not_me' }), upheld)).state, 'upheld')
      assert.equal(await saysDriven('L', first.driverId), 409)
      // The car drove on for so long that it is theirs again.
      await store(0, renamed(longer(18, 7200), 'L'))
      assert.equal(await driverOf('L'), first.driverId)
      await ruled(await opened('L', { reason: 'not_me' }), { ruling: 'rejected' })
      assert.equal(await saysDriven('L', second.driverId), 200)
      assert.equal(await driver('GET', '/api/v1/trips/TRP-00000000000L').then(({ status }) => status), 404)
      assert.equal(await saysDriven('L', first.driverId), 200)
      assert.equal(await driverOf('L'), first.driverId)
    })
  })
}
