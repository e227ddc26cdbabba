import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { eq, sql } from 'drizzle-orm'
import type { Counter } from 'prom-client'
import { until } from '../chaos/parts/until.ts'
import { selectRows } from '../src/db/database.ts'
import { trips } from '../src/db/schema/trips.ts'
import { createDigestRig, drive, startMs } from './digest-rig.ts'
import { engines } from './engines.ts'

const hourMs = 3_600_000

for (const engine of engines()) {
  describe(`the work on trips on ${engine.name}`, async () => {
    const database = await engine.open()
    const rig = await createDigestRig(database)
    const { db, clock, counters, storeIn, store, newDevice, lookAtTrips } = rig
    /** Stands and drives so fast that the cloud finds a trip, then stands; an hour after the boot began. */
    const lastBatch = drive(4_000)
      .map((second) => ({ ...second, speedMps: second.seq > 3_700 && second.seq <= 3_900 ? 20 : 0 }))
      .slice(3_690)
    const found = (deviceId: string) => db.select().from(trips).where(eq(trips.deviceId, deviceId))
    const countOf = async (counter: Counter) => (await counter.get()).values[0]?.value
    const counted = async () => ({
      failures: await countOf(counters.failures),
      setAside: await countOf(counters.setAside),
      givenUp: await countOf(counters.givenUp),
    })
    const isWaiting = async () => {
      const rows = await selectRows(
        db,
        sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      return rows.length > 0
    }
    // The embedded database has one connection: nothing comes between.
    const atOnce = engine.name === 'PostgreSQL' ? it : it.skip

    atOnce('sees what a boot sent last, though that was being stored while it looked', async () => {
      const device = await newDevice()
      clock.ms = startMs + 61_000
      await store(device, drive(60))
      clock.ms = startMs + 3_900_000
      const { promise: stored, resolve: tellStored } = Promise.withResolvers<void>()
      const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>()
      const ingest = db.transaction(async (tx) => {
        await storeIn(tx, device, lastBatch)
        tellStored()
        await mayCommit
      })
      await stored
      let isOver = false
      const look = lookAtTrips().finally(() => {
        isOver = true
      })
      await until('the look to be over, or to wait', async () => isOver || (await isWaiting()))
      commit()
      await Promise.all([ingest, look])
      for (const hours of [25, 25]) {
        clock.ms += hours * hourMs
        await lookAtTrips()
      }
      const [trip, ...others] = await found(device.id)
      assert.deepEqual([trip?.source, trip?.firstSeq, trip?.lastSeq, others], ['cloud', 3_701, 3_900, []])
    })

    it('tries once a day what failed for an hour, and finds the trip once the cause is mended', async () => {
      const device = await newDevice()
      clock.ms = Date.now()
      await store(device, drive(900, startMs, { swift: 20 }))
      await db.execute(sql`
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`)
      await db.execute(sql`CREATE TRIGGER refuse BEFORE INSERT ON trip_accounts FOR EACH ROW EXECUTE FUNCTION refuse()`)
      for (let n = 0; n < 9; n++) await lookAtTrips()
      assert.deepEqual(await counted(), { failures: 8, setAside: 1, givenUp: 0 })
      await db.execute(sql`DROP TRIGGER refuse ON trip_accounts`)
      await lookAtTrips()
      assert.deepEqual(await found(device.id), [], 'it waits for the next day')
      clock.ms += 24 * hourMs
      await lookAtTrips()
      assert.equal((await found(device.id)).length, 1)
    })
  })
}
