import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { tripId } from '@fairmile/contract/ids.ts'
import { type SQL, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { type Database, selectRows } from '../src/db/database.ts'
import { ensurePartitions } from '../src/db/partitions.ts'
import { driverMonth, monthOfSeconds } from '../src/telematics/driver-month.ts'
import type { TestDevice } from './devices.ts'
import { createDigestRig, drive, month, startMs } from './digest-rig.ts'
import { engines } from './engines.ts'

const hourMs = 3_600_000

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: PlanNode[]
}

/** Rows of telematics that the queries of a question fetch, those that a filter drops among them. */
async function secondsFetched(db: Database, ask: (db: Database) => Promise<unknown>): Promise<number> {
  let fetched = 0
  const count = (node: PlanNode): void => {
    const rows =
      node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
    if (node['Relation Name']?.startsWith('telematics_events')) fetched += rows * node['Actual Loops']
    for (const below of node.Plans ?? []) count(below)
  }
  const explaining: Database = Object.create(db, {
    execute: {
      value: async (query: SQL) => {
        const [row] = await selectRows<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
          db,
          sql`EXPLAIN (ANALYZE, FORMAT JSON) ${query}`,
        )
        count(row!['QUERY PLAN'][0].Plan)
        return db.execute(query)
      },
    },
  })
  await ask(explaining)
  return fetched
}

for (const engine of engines()) {
  describe(`what a driver's month reads on ${engine.name}`, async () => {
    const database = await engine.open()
    const rig = await createDigestRig(database)
    await ensurePartitions(database, ['2026-05'])
    const { db, store, recordOf, tell, made, newDevice, workNow } = rig
    const monthOf = async (driverId: string) => {
      const points = await driverMonth(db, driverId, month)
      assert.deepEqual(points, await monthOfSeconds(db, driverId, month))
      return points
    }

    it('are the digests, and of a trip without one its own seconds alone', async () => {
      const device = await newDevice()
      const [trips, seconds] = [12, 300]
      for (let boot = 1; boot <= trips; boot++) {
        const fromMs = startMs + boot * 12 * hourMs
        await store(device, drive(seconds, fromMs), { boot })
        const times = { startAt: fromMs + 1000, endAt: fromMs + seconds * 1000 }
        await tell(device, recordOf(device, 1, seconds, { id: tripId(device.id, boot, 1), ...times }), boot)
      }
      await workNow()
      const ids = await made(device)
      assert.equal(ids.length, trips)
      await db.execute(sql`ANALYZE`)
      const before = await monthOf(device.driverId)
      const fetched = () => secondsFetched(db, (spied) => driverMonth(spied, device.driverId, month))
      assert.equal(await fetched(), 0)
      await db.execute(sql`DELETE FROM trip_digests WHERE trip_id IN (${ids[3]}, ${ids[11]})`)
      assert.deepEqual(await monthOf(device.driverId), before)
      const two = await fetched()
      assert.ok(two >= 2 * (seconds - 1) && two <= 2 * seconds, `${two} seconds of two trips`)
    })

    it('is no more for a trip that never ends: those after it keep their digests', async () => {
      const device = await newDevice()
      await store(device, drive(600), { boot: 2 })
      await tell(device, recordOf(device, 100, 500), 2)
      await workNow()
      await addRunning(device, { id: tripId(device.id, 1, 1), boot: 1, startMs: startMs - hourMs })
      await monthOf(device.driverId)
      assert.equal(await secondsFetched(db, (spied) => driverMonth(spied, device.driverId, month)), 0)
    })

    const addRunning = (device: TestDevice, trip: { id: string; boot: number; startMs: number }) =>
      db.execute(sql`
        INSERT INTO trips (id, device_id, boot_id, vehicle_id, driver_id, start_at)
        VALUES (${trip.id}, ${device.id}, ${trip.boot}, ${device.vehicleId}, ${device.driverId}, ${new Date(trip.startMs).toISOString()})`)

    it('says what the seconds say, however trips lie over one another', async () => {
      const minuteMs = 60_000
      const edgeMs = Date.UTC(2026, 5, 1)
      const trip = fc.record({
        boot: fc.integer({ min: 1, max: 3 }),
        fromMin: fc.integer({ min: -10, max: 30 }),
        minutes: fc.integer({ min: 0, max: 15 }),
        is: fc.constantFrom('digested' as const, 'without a digest' as const, 'running' as const),
      })
      const property = fc.asyncProperty(fc.array(trip, { minLength: 1, maxLength: 7 }), async (trips) => {
        const device = await newDevice()
        // Over the edge of a month and boots that tell of the same times, one of which was put back.
        await store(device, drive(1200, edgeMs - 10 * minuteMs), { boot: 1 })
        await store(device, drive(1200, edgeMs), { boot: 2 })
        const putBack = drive(600, edgeMs + 15 * minuteMs).map((second) => ({ ...second, seq: second.seq + 1200 }))
        await store(device, putBack, { boot: 2 })
        await store(device, drive(600, edgeMs + 5 * minuteMs), { boot: 3 })
        const untold: string[] = []
        for (const [n, { boot, fromMin, minutes, is }] of trips.entries()) {
          const id = tripId(device.id, boot, n + 1)
          const fromMs = edgeMs + fromMin * minuteMs
          if (is === 'running') await addRunning(device, { id, boot, startMs: fromMs })
          else
            await tell(
              device,
              recordOf(device, 1, 1200, { id, startAt: fromMs, endAt: fromMs + minutes * minuteMs }),
              boot,
            )
          if (is === 'without a digest') untold.push(id)
        }
        await workNow()
        await db.execute(sql`DELETE FROM trip_digests WHERE trip_id = ANY(${sql.param(untold)}::text[])`)
        await monthOf(device.driverId)
      })
      await fc.assert(property, { numRuns: 12 })
    })
  })
}
