import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { sql } from 'drizzle-orm'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { sumsOfFile } from '../src/db/archive/archive-file.ts'
import { archiveMonths } from '../src/db/archive/archive-months.ts'
import type { ArchivedValue } from '../src/db/archive/columns.ts'
import { createParquetFile, readParquet } from '../src/db/archive/parquet.ts'
import { sumsOfTable } from '../src/db/archive/sums.ts'
import { ensurePartitions } from '../src/db/partitions.ts'
import { engines } from './engines.ts'

/** More than a page; numbers of one to five digits, in an order that is neither that of text nor that of time. */
const rows = 60_000

for (const engine of engines()) {
  describe(`an archive of several pages on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const folder = mkdtempSync(join(tmpdir(), 'fairmile-archive-'))
    after(() => rmSync(folder, { recursive: true, force: true }))
    await ensurePartitions(database, ['2026-01'])
    await db.execute(sql`
      INSERT INTO telematics_events (device_id, boot_id, seq, at, lat, lon, speed_mps, hdop, quality)
      SELECT 'DEV-' || n % 2, 9 + n / 2 % 3, n / 6, '2026-01-31T23:00Z'::timestamptz - n * interval '1 s',
        n / 7e5, CASE n % 3 WHEN 0 THEN 'NaN' WHEN 1 THEN -0e0::float8 END, n / 3.0, nullif(n % 5, 2) / 10.0, n % 4
      FROM generate_series(1, ${rows}::int8) AS n`)

    it('has every row once, and the sum that the database works out', async () => {
      const inTable = await database.scripted((session) => sumsOfTable(session.rows, 'telematics_events_2026_01'))
      const [done] = await archiveMonths(database, { before: '2026-02-01', folder, nowMs: Date.UTC(2026, 5, 15) })
      assert.deepEqual([done?.state, done?.rows], ['archived', rows])
      const columns = ['device_id', 'boot_id', 'seq']
      const read = await parquetReadObjects({ file: await asyncBufferFromFile(done!.file!), columns })
      assert.equal(new Set(read.map((row) => columns.map((name) => row[name]).join('/'))).size, rows)
      assert.deepEqual(await sumsOfFile(done!.file!), { ...inTable, keys: rows })
    })

    it('sums tell a file with a row twice, and one whose rows are in no order', async () => {
      const { value: page } = await readParquet(join(folder, 'telematics_events_2026_01.parquet')).next()
      const write = async (order: readonly number[]) => {
        const file = join(folder, 'other.parquet')
        const parquet = createParquetFile(file)
        await parquet.write(
          page.columns.map((values: readonly ArchivedValue[]) => order.map((row) => values[row]!)),
          order.length,
        )
        await parquet.end()
        return sumsOfFile(file)
      }
      const [all, twice, mixed] = [await write([0, 1, 2]), await write([0, 1, 1]), await write([0, 2, 1])]
      assert.deepEqual([all.keys, twice.keys, mixed.keys], [3, 2, 2])
      assert.deepEqual([all.sum === twice.sum, all.sum === mixed.sum], [false, true])
    })
  })
}
