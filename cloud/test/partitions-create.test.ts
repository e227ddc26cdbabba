import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { ensurePartitions, listPartitions } from '../src/db/partitions.ts'
import { engines } from './engines.ts'

for (const engine of engines()) {
  describe(`ensurePartitions on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const insert = (at: string) =>
      db.execute(sql`
        INSERT INTO telematics_events (device_id, boot_id, seq, at, quality) VALUES ('device', 1, 1, ${at}::timestamptz, 3)`)
    const indexesOf = (table: string) =>
      selectRows<{ definition: string; parent: string; valid: boolean; options: string }>(
        db,
        sql`SELECT regexp_replace(pg_get_indexdef(x.indexrelid), '^.* USING', '') AS definition, p.inhparent::regclass::text AS parent,
            x.indisvalid AS valid, coalesce(array_to_string(c.reloptions, ','), '') AS options
          FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid LEFT JOIN pg_inherits p ON p.inhrelid = x.indexrelid
          WHERE x.indrelid = to_regclass(${table}) ORDER BY 1`,
      )

    it('makes months with the key and the index of the table, which take their own rows only', async () => {
      await ensurePartitions(database, ['2027-01', '2027-02', '2027-01'])
      await insert('2027-01-31T23:59:59.999Z')
      await insert('2027-02-01T00:00Z')
      await assert.rejects(insert('2027-03-01T00:00Z'))
      assert.deepEqual(await indexesOf('telematics_events_2027_01'), [
        ...[
          { definition: " brin (at) WITH (pages_per_range='16')", parent: 'telematics_events_at_idx' },
          { definition: ' btree (device_id, boot_id, seq, at)', parent: 'telematics_events_pkey' },
        ].map((index, i) => ({ ...index, valid: true, options: i === 0 ? 'pages_per_range=16' : '' })),
      ])
      const [rows] = await selectRows(db, sql`SELECT count(*)::int AS n FROM telematics_events_2027_01`)
      assert.deepEqual(rows, { n: 1 })
    })

    it('is what many may ask for at once', async () => {
      await Promise.all(Array.from({ length: 5 }, (_, i) => ensurePartitions(database, ['2027-04', `2027-0${5 + i}`])))
      assert.equal((await listPartitions(db)).filter(({ state }) => state === 'attached').length, 8)
    })

    const server = engine.name === 'PostgreSQL' ? it : it.skip
    server('waits for no reader and no writer', { timeout: 20_000 }, async () => {
      await database.transaction(async (other) => {
        await other.execute(sql`SELECT FROM telematics_events LIMIT 1`)
        await other.execute(
          sql`INSERT INTO telematics_events (device_id, boot_id, seq, at, quality) VALUES ('other', 1, 1, '2027-01-02', 3)`,
        )
        await ensurePartitions(database, ['2028-01'])
        await insert('2028-01-01T00:00Z')
      })
    })

    server('waits for no archive, nor for a month that is being vacuumed', { timeout: 20_000 }, async () => {
      await db.execute(sql`CREATE TABLE telematics_detached_2019_01 (LIKE telematics_events)`)
      await database.transaction(async (archive) => {
        await archive.execute(sql`LOCK TABLE telematics_detached_2019_01 IN ACCESS EXCLUSIVE MODE`)
        await archive.execute(sql`LOCK TABLE telematics_events_2027_01 IN SHARE UPDATE EXCLUSIVE MODE`)
        await ensurePartitions(database, ['2027-01', '2028-02'])
      })
    })
  })
}
