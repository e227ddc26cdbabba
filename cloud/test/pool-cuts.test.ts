import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { after, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { openDatabase } from '../src/db/open.ts'
import { type Cut, cuttableServer } from './cuttable-server.ts'
import { startPostgres } from './postgres-cluster.ts'

/** Longest that all may take to be answered after the last cut, ms. */
const patienceMs = 20_000

describe('createPool where connections are cut', async () => {
  const cluster = await startPostgres()
  const url = await cluster.createDatabase()
  const server = await cuttableServer(url)
  const sizes = { base: 4, overflow: 4, recycleS: 3600, timeoutS: 5 }
  const database = await openDatabase({ url: server.url, folder: '/nowhere', pool: sizes })
  after(async () => {
    await database.close()
    server.close()
    cluster.stop()
  })
  const { db } = database

  /** Connections that the server has; it may take a moment until it has seen that one is gone. */
  const served = async () => {
    const count = sql`SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database()`
    return (await selectRows<{ n: number }>(db, count))[0]?.n
  }
  /** Asks without a pause until told to end, alone and in transactions; counts what was answered and what failed. */
  const ask = (askers: number) => {
    const found = { answered: 0, failed: 0, askers }
    let over = false
    const one = async (n: number): Promise<void> => {
      while (!over)
        try {
          if (n % 2 === 0) await db.execute(sql`SELECT pg_sleep(0.002), ${n}::int`)
          else await database.transaction(async (tx) => void (await tx.execute(sql`SELECT pg_sleep(0.002), ${n}::int`)))
          found.answered++
        } catch {
          found.failed++
          await wait(2)
        }
      found.askers--
    }
    const all = Promise.all(Array.from({ length: askers }, (_, n) => one(n)))
    const end = async (): Promise<void> => {
      over = true
      await Promise.race([all, wait(patienceMs, undefined, { ref: false })])
    }
    return { found, end }
  }

  for (const [how, cut] of Object.entries(server.cuts) as [string, Cut][])
    it(`answers everyone and has its places back, ${how}`, async () => {
      const { found, end } = ask(12)
      for (let n = 0; n < 12; n++) {
        const before = found.answered
        while (found.answered < before + 40) await wait(1)
        await cut()
      }
      await end()
      assert.equal(found.askers, 0, 'somebody was never answered')
      assert.ok(found.failed > 0, 'nothing was cut')
      const { busy, waiting } = database.pool?.() ?? assert.fail()
      assert.deepEqual([busy, waiting], [0, 0])
      const lateMs = Date.now() + patienceMs
      while ((await served()) !== database.pool?.().open && Date.now() < lateMs) await wait(50)
      assert.equal(await served(), database.pool?.().open)
    })

  it('says in time that no connection could be made, where each is closed before the log-in', async () => {
    const refusing = createServer((socket) => void socket.on('error', () => {}).end()).listen(0, '127.0.0.1')
    await once(refusing, 'listening')
    const { port } = refusing.address() as AddressInfo
    const opening = openDatabase({
      url: `postgres://postgres@127.0.0.1:${port}/nothing`,
      folder: '/nowhere',
      pool: { ...sizes, timeoutS: 1 },
    })
    await assert.rejects(opening, /Connecting to PostgreSQL.*not made within 1 s/)
    refusing.close()
  })

  it('gives nobody a connection that has just failed', async () => {
    for (let n = 0; n < 5; n++) {
      const slow = Promise.resolve(db.execute(sql`SELECT pg_sleep(5)`)).catch(() => 'failed')
      const again = slow.then(() => selectRows(db, sql`SELECT 1 AS n`))
      while (database.pool?.().busy !== 1) await wait(1)
      await wait(20)
      await server.cuts['by a reset']()
      assert.equal(await slow, 'failed')
      assert.deepEqual(await Promise.race([again, wait(patienceMs, 'never', { ref: false })]), [{ n: 1 }])
    }
  })
})
