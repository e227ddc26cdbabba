import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { sql } from 'drizzle-orm'
import { ArchiveRunningError } from '../src/db/archive/archive-alone.ts'
import { archiveMonths } from '../src/db/archive/archive-months.ts'
import { ensurePartitions, listPartitions } from '../src/db/partitions.ts'
import { engines } from './engines.ts'

for (const engine of engines()) {
  describe(`two archives at once on ${engine.name}`, async () => {
    const database = await engine.open()
    const folder = mkdtempSync(join(tmpdir(), 'fairmile-archive-'))
    after(() => rmSync(folder, { recursive: true, force: true }))
    const options = { before: '2026-02-01', folder, nowMs: Date.UTC(2026, 5, 15) }
    const archive = () => archiveMonths(database, options)
    const fill = async (...seqs: number[]) => {
      await ensurePartitions(database, ['2026-01'])
      for (const seq of seqs)
        await database.db.execute(sql`
          INSERT INTO telematics_events (device_id, boot_id, seq, at, quality)
          VALUES ('device', 1, ${seq}, '2026-01-03'::timestamptz + ${seq}::int * interval '1 s', 3)`)
    }
    /** What two runs without a lock left: late rows detached before the table of those before them was dropped. */
    const leaveTwo = async () => {
      await fill(1, 2)
      await database.alone(`
        ALTER TABLE telematics_events DETACH PARTITION telematics_events_2026_01;
        ALTER TABLE telematics_events_2026_01 RENAME TO telematics_detached_2026_01`)
      await fill(2, 3)
      await database.alone('ALTER TABLE telematics_events DETACH PARTITION telematics_events_2026_01')
    }

    it('lets the first go on, and tells the second', async () => {
      await fill(1)
      const { promise, resolve } = Promise.withResolvers<void>()
      const begun = Promise.withResolvers<void>()
      const slow = {
        ...database,
        alone: async (text: string) => {
          begun.resolve()
          await promise
          return database.alone(text)
        },
      }
      const first = archiveMonths(slow, options)
      await begun.promise
      await assert.rejects(
        archive(),
        (error) => error instanceof ArchiveRunningError && /another run/.test(error.message),
      )
      assert.equal((await archiveMonths(database, { ...options, dryRun: true })).length, 1, 'a dry run needs no lock')
      resolve()
      assert.deepEqual(
        (await first).map(({ state, rows }) => [state, rows]),
        [['archived', 1]],
      )
      assert.deepEqual(await archive(), [])
    })

    it('joins two tables of a month that were left outside, in an archive and for late rows', async () => {
      await leaveTwo()
      assert.deepEqual(
        (await archive()).map(({ state, rows }) => [state, rows]),
        [['archived', 3]],
      )
      await leaveTwo()
      await fill(4)
      assert.deepEqual(
        (await listPartitions(database.db)).map(({ state }) => state),
        ['detached', 'attached'],
      )
      assert.deepEqual(
        (await archive()).map(({ state, rows }) => [state, rows]),
        [
          ['archived', 3],
          ['archived', 1],
        ],
      )
    })

    it('leaves both where a key has two values, and says what to do', async () => {
      await leaveTwo()
      await database.alone('UPDATE telematics_detached_2026_01 SET quality = 1')
      await assert.rejects(archive(), (error) =>
        /differ in rows of the same key: delete from one of them what is wrong/.test(String(error)),
      )
      await database.alone('DELETE FROM telematics_detached_2026_01 WHERE seq = 2')
      assert.deepEqual(
        (await archive()).map(({ state, rows }) => [state, rows]),
        [['archived', 3]],
      )
    })
  })
}
