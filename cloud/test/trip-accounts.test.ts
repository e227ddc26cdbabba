import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { TripStatisticsReport } from '@fairmile/contract/http/statistics.ts'
import { foundTripId, tripId } from '@fairmile/contract/ids.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import type { TelematicsEvent } from '@fairmile/contract/telematics.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { Registry } from 'prom-client'
import { ensurePartitions } from '../src/db/partitions.ts'
import { telematicsEvents } from '../src/db/schema/telematics.ts'
import { tripAccounts, tripTouches, tripVersions } from '../src/db/schema/trip-records.ts'
import { trips } from '../src/db/schema/trips.ts'
import { insertTelematics } from '../src/ingest/telematics.ts'
import { createLog } from '../src/log.ts'
import { storeTrips } from '../src/trips/store-trips.ts'
import { touchTrips } from '../src/trips/touch-trips.ts'
import { createTripWork } from '../src/trips/trip-work.ts'
import { createTripWorkCounters } from '../src/trips/trip-work-counters.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, type TestDevice, telematicsEvent } from './devices.ts'
import { engines } from './engines.ts'

const startMs = Date.UTC(2026, 5, 1, 12)
const hourMs = 3_600_000

/** Seconds of a boot at the speeds given: `[how many, m/s]` one part after the other. */
function drive(...parts: [seconds: number, speedMps: number][]): TelematicsEvent[] {
  const speeds = parts.flatMap(([seconds, speedMps]) => new Array<number>(seconds).fill(speedMps))
  return speeds.map((speedMps, n) => ({ ...telematicsEvent(n + 1, startMs), speedMps, aLatMin: -0.5, aLatMax: 0.75 }))
}

for (const engine of engines()) {
  describe(`accounts of trips on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    await ensurePartitions(database, ['2026-06'])
    const clock = { ms: startMs + 2 * hourMs }
    const counters = createTripWorkCounters(new Registry())
    const work = createTripWork({ db, counters, log: createLog({ level: 'silent' }), nowMs: () => clock.ms })
    let devices = 0
    const newDevice = () => addDevice(db, ++devices)
    const { app, sessions } = createTestApp(db)
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)

    /** Stores telematics as one ingest transaction does. */
    const store = (device: TestDevice, records: readonly TelematicsEvent[], boot = 1) =>
      db.transaction(async (tx) => {
        await insertTelematics(tx, [{ deviceId: device.id, boot, records }])
        const [first, last] = [records[0]!, records.at(-1)!]
        const range = { firstSeq: first.seq, lastSeq: last.seq, fromMs: first.at, toMs: last.at }
        await touchTrips(tx, [{ deviceId: device.id, boot, ...range }], { nowMs: clock.ms })
      })
    const tell = (device: TestDevice, records: TripsRecord[], boot = 1) =>
      db.transaction((tx) => storeTrips(tx, { deviceId: device.id, boot, vehicleId: device.vehicleId }, records))
    /** The record of a trip by the numbers of its seconds. */
    const recordOf = (device: TestDevice, firstSeq: number, lastSeq: number, km: number, n = 1): TripRecord => ({
      id: tripId(device.id, 1, n),
      ...{ startAt: startMs + firstSeq * 1000, endAt: startMs + lastSeq * 1000, endReason: 'still', firstSeq, lastSeq },
      ...{ startLat: null, startLon: null, endLat: null, endLon: null, thresholdsHash: 'ab12' },
      statistics: statisticsExample({ km, gradable: 1, temper: 0.2, events: [] }),
    })
    /** All that is due at any time: the wall clock of the tests is far behind that of `storeTrips`. */
    const workNow = async (ms = Math.max(clock.ms, Date.now()) + hourMs) => {
      clock.ms = ms
      await work()
    }
    const reportOf = async (id: string) =>
      TripStatisticsReport.parse((await admin('GET', `/api/v1/trips/${id}/statistics`)).body)
    const tripsOf = (device: TestDevice) =>
      db.select().from(trips).where(eq(trips.deviceId, device.id)).orderBy(asc(trips.startAt))
    const touchesOf = (device: TestDevice) =>
      db.select().from(tripTouches).where(eq(tripTouches.deviceId, device.id)).orderBy(asc(tripTouches.id))

    it('are made after the trip, and agree with the car on the way', async () => {
      const device = await newDevice()
      const seconds = drive([30, 0], [300, 20], [20, 0], [280, 20], [60, 0])
      clock.ms = startMs + hourMs
      await store(device, seconds)
      const record = recordOf(device, 31, 630, 11.6)
      await tell(device, [{ type: 'trip', trip: record }])
      await workNow()
      const { account, reconciliation, statistics } = await reportOf(record.id)
      assert.deepEqual(statistics, record.statistics)
      assert.deepEqual([account?.version, account?.completeness, account?.movingS, account?.stops], [1, 1, 579, 1])
      assert.deepEqual([reconciliation?.verdict, account?.corneringPeakMps2], ['agrees', 0.75])
      await workNow()
      assert.equal((await reportOf(record.id)).account?.version, 1)
    })

    it('are made anew where a missing part comes, with the version before kept', async () => {
      const device = await newDevice()
      const seconds = drive([600, 20])
      await store(device, [...seconds.slice(0, 100)])
      const record = recordOf(device, 1, 600, 12)
      await tell(device, [{ type: 'trip', trip: record }])
      await workNow()
      assert.equal((await reportOf(record.id)).reconciliation?.verdict, 'incomplete')
      await store(device, seconds.slice(300))
      await store(device, seconds.slice(100, 300))
      await workNow()
      const { account, reconciliation } = await reportOf(record.id)
      assert.deepEqual([account?.version, account?.seconds, reconciliation?.verdict], [2, 600, 'agrees'])
      const kept = await db.select().from(tripAccounts).where(eq(tripAccounts.tripId, record.id))
      assert.deepEqual(kept.map(({ account: { seconds: count } }) => count).sort(), [100, 600])
    })

    it('stay, with the trips that were found, once their seconds went into an archive', async () => {
      const [told, found] = [await newDevice(), await newDevice()]
      await store(told, drive([600, 20]))
      const record = recordOf(told, 1, 600, 12)
      await tell(told, [{ type: 'trip', trip: record }])
      await store(found, drive([30, 0], [600, 20], [700, 0]))
      await workNow()
      await workNow(clock.ms + 30 * hourMs)
      const before = await tripsOf(found)
      assert.equal(before.length, 1)

      const archive = { file: 'f', row_count: 1, content_hash: 'c', file_hash: 'f', size_bytes: 1 }
      await db.execute(sql`INSERT INTO telematics_archives (month, part, file, row_count, content_hash, file_hash, size_bytes, written_at)
        VALUES ('2026-06', 1, ${archive.file}, 1, ${archive.content_hash}, ${archive.file_hash}, 1, now())`)
      await db.delete(telematicsEvents).where(inArray(telematicsEvents.deviceId, [told.id, found.id]))
      for (const device of [told, found]) {
        const range = { firstSeq: 1, lastSeq: 1330, fromMs: startMs, toMs: startMs }
        await touchTrips(db, [{ deviceId: device.id, boot: 1, ...range }], { nowMs: clock.ms })
      }
      await workNow()
      await db.execute(sql`DELETE FROM telematics_archives`)
      assert.deepEqual(await tripsOf(found), before)
      assert.deepEqual(
        (await reportOf(record.id)).account?.seconds,
        600,
        'the account of all seconds, not that of none',
      )
    })

    it('tell of a car that says another way than its own seconds', async () => {
      const device = await newDevice()
      await store(device, drive([600, 20]))
      const record = recordOf(device, 1, 600, 6)
      await tell(device, [{ type: 'trip', trip: record }])
      await workNow()
      assert.equal((await reportOf(record.id)).reconciliation?.verdict, 'differs')
    })

    it('cost what comes in time one look: one note a boot and hour, whatever comes', async () => {
      const device = await newDevice()
      clock.ms = startMs + 61_000
      const seconds = drive([600, 20])
      for (let n = 0; n < 5; n++) await store(device, seconds.slice(n * 12, (n + 1) * 12))
      const touches = await touchesOf(device)
      assert.deepEqual(
        touches.map(({ firstSeq, lastSeq, dueAt }) => [firstSeq, lastSeq, dueAt.getTime() - clock.ms]),
        [[1, null, hourMs]],
      )
    })

    it('find driving that no record covers once the patience is over, ungraded, and give way to the record', async () => {
      const device = await newDevice()
      clock.ms = startMs + 700_000
      await store(device, drive([30, 0], [600, 20], [60, 0]))
      await workNow(startMs + 5 * hourMs)
      assert.deepEqual(await tripsOf(device), [])
      await workNow(startMs + 25 * hourMs)
      const [found = assert.fail()] = await tripsOf(device)
      assert.deepEqual(
        [found.id, found.source, found.cause, found.firstSeq, found.lastSeq, found.driverId],
        [foundTripId(device.id, 1, 31), 'cloud', 'found', 31, 630, device.driverId],
      )
      assert.deepEqual([found.statistics?.gradableM, found.statistics?.events], [0, []])
      assert.ok(Math.abs((found.statistics?.distanceM ?? 0) - 12_000) < 50)
      assert.equal((await reportOf(found.id)).account?.completeness, 1)

      const record = recordOf(device, 31, 330, 6)
      await tell(device, [{ type: 'trip', trip: record }])
      assert.deepEqual(
        (await tripsOf(device)).map(({ id }) => id),
        [record.id, foundTripId(device.id, 1, 331)],
      )
      const former = await db.select().from(tripVersions).where(eq(tripVersions.tripId, found.id))
      assert.deepEqual(
        former.map(({ version, source }) => [version, source]),
        [[1, 'cloud']],
      )
      await workNow()
      assert.deepEqual(
        (await tripsOf(device)).map(({ source, firstSeq, lastSeq }) => [source, firstSeq, lastSeq]),
        [
          ['car', 31, 330],
          ['cloud', 331, 630],
        ],
      )
    })

    it('give a trip whose start the car told what was found, until its record comes', async () => {
      const device = await newDevice()
      const record = recordOf(device, 31, 630, 12)
      await tell(device, [{ type: 'trip_started', tripId: record.id, startAt: record.startAt, lat: null, lon: null }])
      await store(device, drive([30, 0], [600, 20], [60, 0]))
      for (let n = 0; n < 2; n++) await workNow()
      const [found = assert.fail(), ...others] = await tripsOf(device)
      assert.deepEqual([found.id, found.source, found.version, others], [record.id, 'cloud', 1, []])
      await tell(device, [{ type: 'trip', trip: record }])
      const [told] = await tripsOf(device)
      assert.deepEqual([told?.source, told?.version, told?.cause], ['car', 2, 'recovered'])
    })

    it('leave who drove as a person said of what was found, when the record comes', async () => {
      const [device, friend] = [await newDevice(), await newDevice()]
      await store(device, drive([30, 0], [600, 20], [60, 0]))
      await workNow()
      const [found = assert.fail()] = await tripsOf(device)
      await admin('POST', `/api/v1/trips/${found.id}/driver`, { driverId: friend.driverId, reason: 'lent' })
      await tell(device, [{ type: 'trip', trip: recordOf(device, 31, 630, 12) }])
      await tell(device, [{ type: 'trip', trip: recordOf(device, 31, 640, 12.2) }])
      const [told = assert.fail(), ...others] = await tripsOf(device)
      const { source, driverId, assigned, lastSeq } = told
      assert.deepEqual([source, driverId, assigned, lastSeq, others], ['car', friend.driverId, true, 640, []])
    })

    it('are the same in whatever order, however late and how often everything comes', async () => {
      const seconds = drive([40, 0], [200, 15], [20, 0], [150, 20], [700, 0], [100, 12], [620, 0], [140, 18], [30, 0])
      const batches = Array.from({ length: Math.ceil(seconds.length / 60) }, (_, n) =>
        seconds.slice(n * 60, n * 60 + 60),
      )
      const partsOf = (device: TestDevice): (() => Promise<void>)[] => {
        const first = recordOf(device, 41, 300, 4)
        const longer = { ...recordOf(device, 41, 410, 6.2), endReason: 'ignition_off' as const }
        const last = recordOf(device, 1831, 1970, 2.5, 2)
        const records: TripsRecord[] = [first, longer, last].map((trip) => ({ type: 'trip', trip }))
        return [
          ...batches.map((batch) => () => store(device, batch)),
          ...records.map((record) => () => tell(device, [record])),
        ]
      }
      const outcome = async (device: TestDevice) => {
        clock.ms = Date.now() + 48 * hourMs
        for (let n = 0; n < 3; n++) {
          await work()
          clock.ms += 24 * hourMs
        }
        const rows = await tripsOf(device)
        const accounts = await Promise.all(rows.map(({ id }) => reportOf(id)))
        return rows.map((row, n) => {
          const { source, startAt, endAt, firstSeq, lastSeq, statistics, driverId } = row
          const {
            version: _v,
            computedAt: _at,
            ...account
          } = accounts[n]?.account ?? assert.fail(`no account of ${row.id}`)
          const mine = driverId === device.driverId
          return {
            source,
            startAt,
            endAt,
            firstSeq,
            lastSeq,
            statistics,
            mine,
            account,
            said: accounts[n]?.reconciliation,
          }
        })
      }
      const clean = await newDevice()
      for (const part of partsOf(clean)) await part()
      const expected = await outcome(clean)
      assert.deepEqual(
        expected.map(({ source, firstSeq, lastSeq }) => [source, firstSeq, lastSeq]),
        [
          ['car', 41, 410],
          ['cloud', 1111, 1210],
          ['car', 1831, 1970],
        ],
      )
      const count = batches.length + 3
      const order = fc.tuple(
        fc.shuffledSubarray([...Array(count).keys()], { minLength: count }),
        fc.array(fc.nat(count - 1), { maxLength: 5 }),
        fc.array(fc.nat(count), { maxLength: 4 }),
      )
      await fc.assert(
        fc.asyncProperty(order, async ([shuffled, again, looks]) => {
          const device = await newDevice()
          const parts = partsOf(device)
          clock.ms = Date.now() + 30 * hourMs
          for (const [n, part] of [...again, ...shuffled, ...again].entries()) {
            await parts[part]!()
            // The cloud looks now and then, at whatever has come by then.
            if (looks.includes(n)) await work()
          }
          assert.deepEqual(await outcome(device), expected)
        }),
        { numRuns: 6 },
      )
    })
  })
}
