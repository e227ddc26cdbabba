import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { ensurePartitions, monthOf } from '../src/db/partitions.ts'
import { createDigestRig, drive, startMs } from './digest-rig.ts'
import { engines } from './engines.ts'

const hourMs = 3_600_000
/** The guide's statement that has all made anew. */
const [, allAnew = assert.fail('the guide has no statement')] =
  /```sql\n(UPDATE trip_digests .*)\n```/.exec(
    readFileSync(new URL('../../docs/guides/partitions.md', import.meta.url), 'utf8'),
  ) ?? []

for (const engine of engines()) {
  describe(`digests that wait for their trip to settle on ${engine.name}`, async () => {
    const database = await engine.open()
    const rig = await createDigestRig(database)
    const { db, clock, store, recordOf, tell, answers, newDevice, made, workNow } = rig
    const waits = async (id: string) => {
      const [row] = await selectRows<{ s: number }>(
        db,
        sql`SELECT extract(epoch FROM due_at - end_at)::float8 AS s FROM trip_digests WHERE trip_id = ${id}`,
      )
      return row?.s
    }

    it('are made once it has, also where someone has all made anew before', async () => {
      const [device, now] = [await newDevice(), clock.ms]
      const months = [monthOf(now - hourMs), monthOf(now)] as const
      await ensurePartitions(database, [...months])
      const seconds = drive(590, now - 600_000)
      await store(device, seconds.slice(0, 500))
      const trip = recordOf(device, 1, 590, { startAt: now - 599_000, endAt: now - 10_000 })
      await tell(device, trip)
      await rig.lookAtTrips()
      assert.equal(await waits(trip.id), 25 * 3600)
      await db.execute(sql.raw(allAnew))
      assert.equal(await waits(trip.id), 25 * 3600)
      await rig.digest()
      // The last of it come in time, of which nobody makes a note.
      clock.ms = now
      await store(device, seconds.slice(500))
      await workNow()
      assert.deepEqual(await made(device), [trip.id])
      for (const of of new Set(months)) await answers(device.driverId, trip.id, of)
    })

    it('are not to be had earlier', async () => {
      const device = await newDevice()
      await store(device, drive(900))
      const trip = recordOf(device, 100, 700)
      await tell(device, trip)
      await rig.lookAtTrips()
      const early = () =>
        db.execute(sql`UPDATE trip_digests SET due_at = end_at + interval '24 hours' WHERE trip_id = ${trip.id}`)
      await assert.rejects(early, ({ cause }: Error) => /trip_digests_settled/.test(String(cause)))
    })

    it('wait again where they did not before there was a rule', async () => {
      const [device, now] = [await newDevice(), Date.now()]
      await db.execute(sql`ALTER TABLE trip_digests DROP CONSTRAINT trip_digests_settled`)
      await db.execute(sql`DELETE FROM schema_migrations WHERE name = '0831_digests_settle_first.sql'`)
      const trips = [
        { id: 'early and made', endMs: now - hourMs, due: sql`NULL`, made: true },
        { id: 'early', endMs: now - hourMs, due: sql`now()`, made: false },
        { id: 'settled and made', endMs: startMs, due: sql`NULL`, made: true },
        { id: 'of long ago', endMs: startMs, due: sql`${new Date(startMs).toISOString()}::timestamptz`, made: false },
        { id: 'as it should be', endMs: startMs, due: sql`${new Date(now).toISOString()}::timestamptz`, made: false },
      ]
      for (const { id, endMs, due, made } of trips) {
        const end = sql`${new Date(endMs).toISOString()}::timestamptz`
        await db.execute(sql`
          INSERT INTO trip_digests (trip_id, device_id, boot_id, first_seq, last_seq, start_at, end_at, due_at, path, bins)
          VALUES (${id}, ${device.id}, 1, 1, 2, ${end}, ${end}, ${due}, ${made ? '[]' : null}::json, ${made ? '{}' : null}::trip_bin[])`)
      }
      assert.deepEqual(await migrate(database), ['0831_digests_settle_first.sql'])
      const [day, since] = [25 * 3600, (now - startMs) / 1000]
      assert.deepEqual(await Promise.all(trips.map(({ id }) => waits(id))), [day, day, null, day, since])
    })
  })
}
