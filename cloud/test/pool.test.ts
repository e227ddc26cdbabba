import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { date, jsonb, pgTable, timestamp } from 'drizzle-orm/pg-core'
import { Registry } from 'prom-client'
import { selectRows } from '../src/db/database.ts'
import { openDatabase } from '../src/db/open.ts'
import { createPoolGauges } from '../src/db/pool-gauges.ts'
import { startPostgres } from './postgres-cluster.ts'

describe('createPool', async () => {
  const cluster = await startPostgres()
  const sizes = { base: 2, overflow: 1, recycleS: 3600, timeoutS: 2 }
  const database = await openDatabase({ url: await cluster.createDatabase(), folder: '/nowhere', pool: sizes })
  after(async () => {
    await database.close()
    cluster.stop()
  })
  const { db } = database
  const state = () => database.pool?.() ?? assert.fail()
  /** Keeps so many connections busy until it is told to end. */
  const hold = async (count: number) => {
    const end = Promise.withResolvers<void>()
    const held = Array.from({ length: count }, () => {
      const begun = Promise.withResolvers<void>()
      const ended = database.transaction(async (tx) => {
        await tx.execute(sql`SELECT 1`)
        begun.resolve()
        await end.promise
      })
      return { begun: begun.promise, ended }
    })
    await Promise.all(held.map(({ begun }) => begun))
    return async () => {
      end.resolve()
      await Promise.all(held.map(({ ended }) => ended))
    }
  }

  it('has statements of fixed text prepared, alone and in transactions, and none of longer ones', async () => {
    const preparedHere = sql`SELECT count(*)::int AS n FROM pg_prepared_statements WHERE statement LIKE ${'%fixed text%'}`
    const found = await database.transaction(async (tx) => {
      for (const n of [1, 2]) await tx.execute(sql`SELECT ${n}::int AS fixed_text /* fixed text, short */`)
      await tx.execute(sql`SELECT ${1}::int AS fixed_text /* fixed text, ${sql.raw('long '.repeat(1000))} */`)
      return selectRows<{ n: number }>(tx, preparedHere)
    })
    assert.deepEqual(found, [{ n: 1 }])
    const alone = await selectRows<{ prepared: boolean }>(
      db,
      sql`SELECT EXISTS (SELECT FROM pg_prepared_statements WHERE statement LIKE ${'%alone, too%'}) AS prepared /* alone, too */`,
    )
    assert.deepEqual(alone, [{ prepared: true }])
  })

  it('has the server end what a machine that is gone held, half a minute after its last word', async () => {
    const asked = await selectRows<{ name: string; value: string }>(
      db,
      sql`SELECT name, reset_val AS value FROM pg_settings WHERE name ~ '^tcp_' AND source = 'client' ORDER BY name`,
    )
    const [count, idleS, intervalS, userTimeoutMs] = asked.map(({ value }) => Number(value))
    assert.deepEqual(
      asked.map(({ name }) => name),
      ['count', 'idle', 'interval'].map((of) => `tcp_keepalives_${of}`).concat('tcp_user_timeout'),
    )
    assert.deepEqual([(idleS ?? 0) + (intervalS ?? 0) * (count ?? 0), userTimeoutMs], [35, 35_000])
  })

  it('goes over its base when that is busy, and no further', async () => {
    const release = await hold(3)
    assert.deepEqual([state().busy, state().open], [3, 3])
    const fourth = selectRows(db, sql`SELECT 4 AS n`)
    while (state().waiting === 0) await nextTurn()
    assert.equal(state().busy, 3)
    await release()
    assert.deepEqual(await fourth, [{ n: 4 }])
    assert.deepEqual([state().busy, state().waiting], [0, 0])
  })

  it('reads and writes times and JSON alike on every connection', async () => {
    await db.execute(sql`CREATE TABLE said (at timestamptz, day date, facts jsonb)`)
    const said = pgTable('said', {
      at: timestamp('at', { withTimezone: true }),
      day: date('day'),
      facts: jsonb('facts'),
    })
    const row = { at: new Date(1e12), day: '2026-01-02', facts: { limit: [50] } }
    for (const busy of [0, 2]) {
      const release = await hold(busy)
      await db.insert(said).values(row)
      await release()
    }
    const kept = sql`SELECT facts #>> '{limit,0}' AS "limit", at, day FROM said`
    for (const busy of [0, 2]) {
      const release = await hold(busy)
      assert.deepEqual(await db.select().from(said), [row, row])
      const rows = await selectRows(db, kept)
      assert.deepEqual(new Set(rows.map((each) => JSON.stringify(each))).size, 1)
      assert.deepEqual(rows[0], { limit: '50', at: '2001-09-09 01:46:40+00', day: '2026-01-02' })
      await release()
    }
  })

  it('asks on the connection that came back last, so that few are in use where few are needed', async () => {
    await (await hold(2))()
    const pids = new Set<unknown>()
    for (let n = 0; n < 5; n++) {
      const [row] = await selectRows(db, sql`SELECT pg_backend_pid() AS pid`)
      pids.add(row?.pid)
    }
    assert.equal(pids.size, 1)
  })

  it('says that none was free in time, counts it, and goes on', async () => {
    const registry = new Registry()
    createPoolGauges(registry, state)
    const release = await hold(3)
    await assert.rejects(db.execute(sql`SELECT 1`), (error: Error) => {
      assert.match(String(error.cause ?? error), /all 3 are busy and none was free for 2 s; DATABASE_POOL/)
      return true
    })
    assert.match(await registry.metrics(), /fairmile_database_wait_timeouts_total 1\n/)
    await release()
    assert.deepEqual(await selectRows(db, sql`SELECT 1 AS n`), [{ n: 1 }])
  })

  it('gives connections in the order in which they were asked for, also after errors', async () => {
    const release = await hold(3)
    const order: number[] = []
    const asked = [1, 2, 3].map((n) =>
      db.execute(n === 2 ? sql`SELECT 1 / 0` : sql`SELECT 1`).then(
        () => order.push(n),
        () => order.push(-n),
      ),
    )
    await release()
    await Promise.all(asked)
    assert.deepEqual(order.map(Math.abs).toSorted(), [1, 2, 3])
    assert.deepEqual([state().busy, state().waiting], [0, 0])
  })
})
