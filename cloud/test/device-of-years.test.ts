import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../src/db/database.ts'
import { untrueDigests } from '../src/trips/digests.ts'
import { findTrips } from '../src/trips/find-trips.ts'
import { touchedTrips } from '../src/trips/touched-trips.ts'
import { createDigestRig, drive, startMs } from './digest-rig.ts'
import { engines } from './engines.ts'
import { readingsOf } from './rows-read.ts'

const trips = 8000
/** Numbers that lie between the starts of two trips, hours between them, and the boots that they take turns in. */
const [apart, hours, bootId, otherBoot] = [2000, 6, 2, 1]
/** What was touched: five minutes of the boot, six hours after the last of the trips began. */
const [firstSeq, lastSeq] = [trips * apart + 10_001, trips * apart + 10_300]
const moment = (ms: number): string => new Date(ms).toISOString()

for (const engine of engines()) {
  describe(`a device of years on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db, newDevice, store } = await createDigestRig(database)
    const device = await newDevice()
    const { id: deviceId, vehicleId, driverId, policyId } = device
    const statistics = JSON.stringify(statisticsExample({ km: 8, gradable: 1, temper: 0.3, events: [] }))
    const add = (rows: ReturnType<typeof sql>) =>
      db.execute(sql`
        INSERT INTO trips (id, device_id, boot_id, vehicle_id, driver_id, policy_id, start_at, end_at, first_seq, last_seq,
          thresholds_hash, statistics, version, versions, updated_at)
        SELECT id, ${deviceId}, boot, ${vehicleId}, ${driverId}, ${policyId}, start_at, end_at, first_seq, first_seq + 199,
          'test', ${statistics}::jsonb, 1, 1, end_at
        FROM (${rows}) AS made (id, boot, start_at, end_at, first_seq)`)
    const at = (ms: number) => sql`${moment(ms)}::timestamptz`
    await add(sql`
      SELECT 'TRP-' || n, ${bootId} - n % 2, at, at + interval '20 minutes', n * ${apart}
      FROM (SELECT n, ${at(startMs)} - (${trips + 1} - n) * interval '1 hour' * ${hours} AS at FROM generate_series(1, ${trips}) AS n) AS placed`)
    await add(sql`
      VALUES ('TRP-number', ${bootId}::int8, ${at(startMs)}, ${at(startMs + 200_000)}, ${firstSeq}::int8),
        ('TRP-time', ${otherBoot}::int8, ${at(startMs - 40 * 3_600_000)}, ${at(startMs + 100_000)}, 1::int8)`)
    const seconds = drive(300).map((second) => ({ ...second, seq: second.seq + firstSeq - 1 }))
    await store(device, seconds, { boot: bootId })
    await db.execute(sql`ANALYZE trips`)
    await db.execute(sql`ANALYZE telematics_events`)

    /** In a fleet no plan reads the whole table; here the device is all of it. */
    const mostOf = (ask: (db: Database) => Promise<unknown>): Promise<number> =>
      db.transaction(async (tx) => {
        await tx.execute(sql`SET LOCAL enable_seqscan = off`)
        return Math.max(...(await readingsOf(tx, 'trips', ask)).map(({ rows }) => rows))
      })
    const boot = { deviceId, bootId }
    const stretch = { firstSeq, lastSeq, fromAt: moment(startMs), toAt: moment(startMs + 300_000) }
    const nowMs = startMs + 48 * 3_600_000

    it('is looked through for driving without a trip by the trips of two days', async () => {
      const part = { ...boot, touches: [{ firstSeq, lastSeq }] }
      const most = await mostOf((tx) => findTrips(tx, part, { nowMs }))
      // A day of numbers has 22 trips of the boot, and two days of hours four of the other.
      assert.ok(most >= 20 && most <= 40, String(most))
    })

    it('has the trips that were touched, by number and by time, from as few', async () => {
      const found = await touchedTrips(db, boot, [stretch])
      assert.deepEqual(found.map(({ id }) => id).toSorted(), ['TRP-number', 'TRP-time'])
      const most = await mostOf((tx) => touchedTrips(tx, boot, [stretch]))
      assert.ok(most <= 20, String(most))
    })

    it('has their digests made anew, and reads no others', async () => {
      const touched = { ...boot, stretches: [stretch], foundIds: ['TRP-7'] }
      const most = await mostOf((tx) => untrueDigests(tx, touched, { nowMs }))
      assert.ok(most <= 30, String(most))
      const due = await selectRows<{ id: string }>(db, sql`SELECT trip_id AS id FROM trip_digests ORDER BY trip_id`)
      assert.deepEqual(
        due.map(({ id }) => id),
        ['TRP-7', 'TRP-number', 'TRP-time'],
      )
    })
  })
}
