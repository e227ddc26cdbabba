import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { ensurePartitions } from '../src/db/partitions.ts'
import { summarizeMonths } from '../src/db/summarize-months.ts'
import { engines } from './engines.ts'

for (const engine of engines()) {
  describe(`the index on time of a month on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    await ensurePartitions(database, ['2026-05'])
    await db.execute(sql`ALTER TABLE telematics_events_2026_05 SET (autovacuum_enabled = off)`)
    // A day of one car, some 900 pages.
    await db.execute(sql`
      INSERT INTO telematics_events (device_id, boot_id, seq, at, quality)
      SELECT 'DEV-1', 1, n, '2026-05-01T00:00:00Z'::timestamptz + n * interval '1 second', 0 FROM generate_series(1, 86399) AS n`)

    /** Rows that are read to find those of an hour. */
    const readForAnHour = async (): Promise<number> => {
      const [row] = await db.transaction(async (tx) => {
        await tx.execute(sql`SET LOCAL enable_seqscan = off`)
        return selectRows<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
          tx,
          sql`
            EXPLAIN (ANALYZE, FORMAT JSON)
            SELECT device_id FROM telematics_events WHERE at >= '2026-05-01T08:00:00Z' AND at < '2026-05-01T09:00:00Z'`,
        )
      })
      const { Plan: plan } = row!['QUERY PLAN'][0]
      return plan['Actual Rows']! + plan['Rows Removed by Index Recheck']!
    }

    it('leaves out the pages of other hours once they are summarized, and not before', async () => {
      const before = await readForAnHour()
      assert.ok(before > 80_000, `${before} rows were read before`)
      await summarizeMonths(db)
      const after = await readForAnHour()
      assert.ok(after >= 3_600 && after < 3_600 * 2, `${after} rows were read after`)
    })
  })
}
