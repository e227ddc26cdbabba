import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { standardPeriodDays } from '@fairmile/contract/http/risk.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { eq, sql } from 'drizzle-orm'
import type { Database } from '../src/db/database.ts'
import { trips } from '../src/db/schema/trips.ts'
import { currentFeatures, refreshFeatures } from '../src/features/feature-store.ts'
import { recentTrips } from '../src/trips/ended-trips.ts'
import { tripsOfDrivers } from '../src/trips/trips-of-drivers.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { type Reading, readingsOf } from './rows-read.ts'

const hourMs = 3_600_000
const newestMs = Date.UTC(2026, 5, 30, 12)
/** The trips of the days that count, and those of the last two of them, by which the newest end is found. */
const [recent, newest] = [60, 5]
const days = standardPeriodDays
const statistics = statisticsExample({ km: 8, gradable: 1, temper: 0.3, events: [] })

for (const engine of engines()) {
  describe(`a driver of years on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const device = await addDevice(db)
    const { driverId } = device
    // The first is the newest: sixty every eleven hours, before them eight thousand from forty days on, every six hours.
    await db.execute(sql`
      INSERT INTO trips (id, device_id, boot_id, vehicle_id, driver_id, policy_id, start_at, end_at, first_seq, last_seq,
        thresholds_hash, statistics, version, versions)
      SELECT 'TRP-' || n, ${device.id}, 1, ${device.vehicleId}, ${driverId}, ${device.policyId}, at,
        at + interval '20 minutes', 1, 1200, 'test', ${JSON.stringify(statistics)}::jsonb, 1, 1
      FROM (
        SELECT n, ${new Date(newestMs).toISOString()}::timestamptz
          - CASE WHEN n <= ${recent} THEN (n - 1) * interval '11 hours' ELSE interval '40 days' + (n - ${recent}) * interval '6 hours' END AS at
        FROM generate_series(1, ${recent + 8000}) AS n
      ) AS placed`)
    // One that runs has no end yet.
    const { id: deviceId, vehicleId, policyId } = device
    const running = { id: 'TRP-0', deviceId, bootId: 1, vehicleId, driverId, policyId }
    await db.insert(trips).values({ ...running, startAt: new Date(newestMs + hourMs) })
    await db.execute(sql`ANALYZE trips`)

    /** In a fleet no plan reads the whole table; here the driver is all of it. */
    const readings = (ask: (db: Database) => Promise<unknown>): Promise<Reading[]> =>
      db.transaction(async (tx) => {
        await tx.execute(sql`SET LOCAL enable_seqscan = off`)
        return readingsOf(tx, 'trips', ask)
      })
    /** The newest start, the ends of the last two days and the trips of all; each time past the one that runs. */
    const most = { rows: 1 + newest + recent + 3, pages: 100 }
    const assertBounded = (found: readonly Reading[]) => {
      for (const { rows, pages } of found) assert.ok(rows <= most.rows && pages <= most.pages, JSON.stringify(found))
    }
    const ask = (nowMs: number) => currentFeatures(db, { driverId, nowMs })
    const touch = (id: string) => db.update(trips).set({ updatedAt: new Date() }).where(eq(trips.id, id))

    it('is read like one of a month, whoever asks', async () => {
      const nowMs = newestMs
      const made = await readings((tx) => refreshFeatures(tx, { driverId, nowMs }))
      const asked = await readings((tx) => currentFeatures(tx, { driverId, nowMs: nowMs + 1 }))
      const listed = await readings((tx) => recentTrips(tx, { driverId, days }))
      const added = await readings((tx) => tripsOfDrivers(tx, { driverIds: [driverId, driverId, 'DRV-9'], days }))
      for (const found of [made, asked, listed, added]) assertBounded(found)
      assert.ok(made.some(({ rows }) => rows >= recent))
    })

    it('is given the trips of those days by all', async () => {
      const own = await recentTrips(db, { driverId, days })
      assert.deepEqual([own.length, own.at(-1)?.id], [recent, 'TRP-1'])
      const found = await tripsOfDrivers(db, { driverIds: [driverId, driverId, 'DRV-9'], days })
      assert.deepEqual([...found.keys()], [driverId])
      assert.deepEqual(
        found.get(driverId)?.map(({ ownPolicyId: _of, ...trip }) => trip),
        own,
      )
      assert.deepEqual(await recentTrips(db, { driverId: 'DRV-9', days }), [])
    })

    it('has new features by a correction in the days that count, and the same by one of 800 days ago', async () => {
      const first = (await ask(newestMs)) ?? assert.fail('no features')
      assert.equal(first.trips, recent)
      await touch('TRP-3100')
      const [old] = await db.select().from(trips).where(eq(trips.id, 'TRP-3100'))
      assert.equal(old?.startAt.getTime(), newestMs - 800 * 24 * hourMs)
      assert.deepEqual(await ask(newestMs + 1), first)
      await touch('TRP-60')
      assert.equal((await ask(newestMs + 2))?.computedAt.getTime(), newestMs + 2)
    })

    it('has the newest end by a long trip that began before the newest start', async () => {
      const of = async () => (await recentTrips(db, { driverId, days: 1 })).map(({ id }) => id)
      assert.deepEqual(await of(), ['TRP-3', 'TRP-2', 'TRP-1'])
      await db
        .update(trips)
        .set({ endAt: new Date(newestMs + 10 * hourMs) })
        .where(eq(trips.id, 'TRP-4'))
      assert.deepEqual(await of(), ['TRP-2', 'TRP-1'])
      const found = await tripsOfDrivers(db, { driverIds: [driverId], days: 1 })
      assert.deepEqual(
        found.get(driverId)?.map(({ id }) => id),
        ['TRP-2', 'TRP-1'],
      )
    })
  })
}
