import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { eq, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../src/db/database.ts'
import { trips } from '../src/db/schema/trips.ts'
import { transactAgain } from '../src/db/transact-again.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createRiskJob } from '../src/risk/batch/jobs.ts'
import { runRiskJob } from '../src/risk/batch/run-job.ts'
import { reassignTrip } from '../src/trips/reassign-trip.ts'
import { tripOf } from './batch-trips.ts'
import { engines } from './engines.ts'
import { everybody, model, riskBatchRig } from './risk-batch-rig.ts'

for (const engine of engines().filter(({ name }) => name === 'PostgreSQL')) {
  describe(`transactAgain on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const rig = await riskBatchRig(database)
    await db.execute(sql`CREATE TABLE kept (n int)`)
    const kept = async () => (await selectRows<{ n: number }>(db, sql`SELECT n FROM kept ORDER BY n`)).map(({ n }) => n)
    const pidOf = async (tx: Database): Promise<number> =>
      (await selectRows<{ pid: number }>(tx, sql`SELECT pg_backend_pid() AS pid`))[0]?.pid ?? assert.fail()
    const isThere = async (pid: number) =>
      (await selectRows(db, sql`SELECT FROM pg_stat_activity WHERE pid = ${pid}`)).length > 0

    /** Waits for a session that waits so, and gives its number; null where it ended before. */
    async function waitingFor(event: string, ended = () => false): Promise<number | null> {
      while (!ended()) {
        const found = await selectRows<{ pid: number }>(
          db,
          sql`SELECT pid FROM pg_stat_activity WHERE wait_event = ${event} AND datname = current_database()`,
        )
        if (found[0]) return found[0].pid
      }
      return null
    }

    const end = (pid: number) => db.execute(sql`SELECT pg_terminate_backend(${pid}::int)`)

    it('begins again what the server ended because it did nothing while it held events', async () => {
      let begun = 0
      const data = { driverId: 'DRV-0001' }
      const value = await transactAgain(db, async (tx) => {
        const n = ++begun
        await recordDomainEvent(tx, { type: 'DriverCreated', subject: 'DRV-0001', data })
        await tx.execute(sql`INSERT INTO kept VALUES (${n}::int)`)
        const pid = await pidOf(tx)
        while (n === 1 && (await isThere(pid)));
        await tx.execute(sql`SELECT 1`)
        return n
      })
      assert.deepEqual([value, await kept()], [2, [2]])
      await db.execute(sql`DELETE FROM kept`)
    })

    it('says who drove though the connection of it is lost', async () => {
      const [device = assert.fail(), friend = assert.fail()] = rig.devices
      const trip = tripOf(device, 30)
      await db.insert(trips).values(trip)
      const said = await db.transaction(async (holder) => {
        await holder.select().from(trips).where(eq(trips.id, trip.id)).for('update')
        const saying = reassignTrip(db, { tripId: trip.id, driverId: friend.driverId, reason: 'lent', by: 'USR-1' })
        await end((await waitingFor('transactionid')) ?? assert.fail())
        return { saying }
      })
      assert.equal(await said.saying, true)
      const [after] = await db.select().from(trips).where(eq(trips.id, trip.id))
      assert.deepEqual([after?.driverId, after?.versions], [friend.driverId, 2])
    })

    it('begins again what was lost before the server kept it', async () => {
      await db.execute(sql`
        CREATE FUNCTION await_test() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END $$`)
      await db.execute(sql`
        CREATE CONSTRAINT TRIGGER await_test AFTER INSERT ON kept DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION await_test()`)
      let begun = 0
      const keep = async (tx: Database) => void (await tx.execute(sql`INSERT INTO kept VALUES (${++begun}::int)`))
      const { keeping } = await db.transaction(async (holder) => {
        await holder.execute(sql`SELECT pg_advisory_xact_lock(1)`)
        const keeping = transactAgain(db, keep)
        await end((await waitingFor('advisory')) ?? assert.fail())
        return { keeping }
      })
      await keeping
      assert.deepEqual(await kept(), [2])
    })

    it('does not begin again what the server kept without a word of it', async () => {
      await db.execute(sql`DELETE FROM kept`)
      let begun = 0
      const keep = async (tx: Database) => void (await tx.execute(sql`INSERT INTO kept VALUES (${++begun}::int)`))
      // A commit waits for a standby that there is not: ended then, it is kept and nobody is told.
      await database.alone(`ALTER SYSTEM SET synchronous_standby_names = 'nobody'`)
      await db.execute(sql`SELECT pg_reload_conf()`)
      try {
        for (let ended = false; !ended; ) {
          let passed = false
          const keeping = transactAgain(db, keep).finally(() => {
            passed = true
          })
          const pid = await waitingFor('SyncRep', () => passed)
          ended = pid !== null
          if (pid !== null) await end(pid)
          await keeping
        }
      } finally {
        await database.alone('ALTER SYSTEM RESET synchronous_standby_names')
        await db.execute(sql`SELECT pg_reload_conf()`)
      }
      assert.deepEqual(
        await kept(),
        Array.from({ length: begun }, (_, n) => n + 1),
      )
    })

    it('goes on with a job of scores whose batch is undone', async () => {
      const { id } = await createRiskJob(db, everybody)
      const job = (await rig.take(id)) ?? assert.fail()
      const { running } = await db.transaction(async (holder) => {
        await holder.execute(sql`LOCK TABLE scores IN SHARE MODE`)
        const running = runRiskJob({ database, job, model })
        await end((await waitingFor('relation')) ?? assert.fail())
        return { running }
      })
      const done = (await running) ?? assert.fail()
      assert.deepEqual([done.state, done.scored], ['done', 4])
    })

    it('does not begin again what failed by itself', async () => {
      let begun = 0
      const failing = new Error('no')
      const fail = () => {
        begun++
        return Promise.reject(failing)
      }
      await assert.rejects(transactAgain(db, fail), failing)
      assert.equal(begun, 1)
    })
  })
}
