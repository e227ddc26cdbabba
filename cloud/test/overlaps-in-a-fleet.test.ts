import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { sql } from 'drizzle-orm'
import type { Database } from '../src/db/database.ts'
import { lockOverlapping } from '../src/trips/lock-overlapping.ts'
import { settleOverlaps } from '../src/trips/settle-overlaps.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { readingsOf } from './rows-read.ts'
import { driveRecords, tripStart } from './stored-drive.ts'

/** Trips of the device, the other boxes of the fleet and trips of each: so many that the planner no longer takes one device for all there is. */
const [trips, others, ofEach] = [2_000, 20, 1_000]
/** Between the starts of two trips of a box, each 20 minutes long: eight begin in the 48 hours before one. */
const apartMs = 6 * 3_600_000
/** That began in the time of one or in the 48 hours before, and itself. */
const near = 9

for (const engine of engines()) {
  describe(`trips of a device of years in a fleet on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const { id: deviceId, vehicleId, driverId, policyId } = await addDevice(db)
    const statistics = JSON.stringify(statisticsExample({ km: 8, gradable: 1, temper: 0.3, events: [] }))
    const newest = new Date(tripStart(20)).toISOString()
    await db.execute(
      sql`INSERT INTO vehicles (id, name) SELECT 'VEH-O' || n, 'another' FROM generate_series(1, ${others}::int) n`,
    )
    await db.execute(sql`
      INSERT INTO devices (id, vehicle_id, claim_hash, claim_expires_at)
      SELECT 'DEV-O' || n, 'VEH-O' || n, 'claim-' || n, now() FROM generate_series(1, ${others}::int) n`)
    // As they come: those of one time are beside each other, whoever's they are.
    await db.execute(sql`
      INSERT INTO trips (id, device_id, boot_id, vehicle_id, driver_id, policy_id, start_at, end_at, first_seq, last_seq,
        thresholds_hash, statistics, version, versions)
      SELECT of.id || '-' || n, of.id, 1, ${vehicleId}, ${driverId}, ${policyId}, at, at + interval '20 minutes',
        ${trips} - n, ${trips} - n, 'test', ${statistics}::jsonb, 1, 1
      FROM devices of CROSS JOIN LATERAL generate_series(1, CASE of.id WHEN ${deviceId} THEN ${trips}::int ELSE ${ofEach}::int END) n
        CROSS JOIN LATERAL (SELECT ${newest}::timestamptz - n * make_interval(secs => ${apartMs / 1000}) AS at) placed
      ORDER BY at, of.id`)
    await db.execute(sql`ANALYZE trips`)

    const recordOf = (n: number): TripRecord => {
      const record = driveRecords(1).at(-1)
      if (record?.type !== 'trip') return assert.fail()
      const startAt = tripStart(20) - n * apartMs
      return { ...record.trip, id: `${deviceId}-${n}`, startAt, endAt: startAt + 20 * 60_000 }
    }
    const mostOf = async (ask: (tx: Database) => Promise<unknown>) => {
      const readings = await db.transaction((tx) => readingsOf(tx, 'trips', ask))
      return {
        rows: Math.max(...readings.map(({ rows }) => rows)),
        pages: Math.max(...readings.map(({ pages }) => pages)),
      }
    }

    for (const told of [[10], [10, 100, 500, 1_500]]) {
      /** Those near, and those told of once more; an index has three pages above a row at most. */
      const isFew = ({ rows, pages }: { rows: number; pages: number }): void => {
        assert.ok(rows >= told.length * near && rows <= told.length * (near + 2), `${rows} rows`)
        assert.ok(pages <= told.length * 4 * (near + 2), `${pages} pages`)
      }

      it(`are locked for ${told.length} that are told by those at their times`, async () => {
        isFew(await mostOf((tx) => lockOverlapping(tx, deviceId, told.map(recordOf))))
      })

      it(`are settled for ${told.length} that are told by those at their times`, async () => {
        const ids = told.map((n) => `${deviceId}-${n}`)
        isFew(await mostOf((tx) => settleOverlaps(tx, { deviceId }, ids)))
      })
    }
  })
}
