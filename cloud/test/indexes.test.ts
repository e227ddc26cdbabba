import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { selectRows } from '../src/db/database.ts'
import { ensurePartitions } from '../src/db/partitions.ts'
import { deviceGaps } from '../src/db/schema/device-care.ts'
import { deviceBatches } from '../src/db/schema/devices.ts'
import { sameBatch } from '../src/dead-letters/replay.ts'
import { raiseDeliveries } from '../src/events/raise-deliveries.ts'
import { forgetting, makingRoom } from '../src/ingest/dead-letters.ts'
import { engines } from './engines.ts'

/** Rows of the table in docs/indexes.md: an index and the query that needs it. */
const listed = readFileSync(new URL('../../docs/indexes.md', import.meta.url), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, name, query] = /^\| `(\w+)` \| .* \| `(.*)` \|$/.exec(line) ?? []
    return name && query ? [{ name, query }] : []
  })
/** One month whose index of a name of its own stands for that of the whole table. */
const month = '2026-06'
const namesOf = (name: string): string[] =>
  name.startsWith('telematics_events_') ? [name.replace('_events_', `_events_${month.replace('-', '_')}_`)] : [name]

for (const engine of engines()) {
  describe(`indexes on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    await ensurePartitions(database, [month])
    // The planner takes BRIN where it saves pages: some are needed, in order of time as they come.
    await database.alone(`
      INSERT INTO telematics_events (device_id, boot_id, seq, at, quality)
      SELECT 'DEV-' || n % 50, 1, n, '${month}-01'::timestamptz + n * interval '1 minute', 0 FROM generate_series(1, 40000) AS n`)
    await database.alone('ANALYZE telematics_events')
    const rows = (text: string) => database.scripted((session) => session.rows(text))

    it('are keys, or listed with the query that needs them', async () => {
      const found = await rows(`
        SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
        WHERE t.relnamespace = 'public'::regnamespace AND NOT i.indisunique AND NOT t.relispartition ORDER BY 1`)
      assert.deepEqual(
        found.map(({ name }) => name),
        listed.map(({ name }) => name).toSorted(),
      )
      assert.ok(listed.length >= 11)
    })

    for (const { name, query } of listed)
      it(`${name} is what its query uses`, async () => {
        const plan = await database.scripted(async ({ script, rows }) => {
          await script('SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off')
          return JSON.stringify(await rows(`EXPLAIN ${query}`))
        })
        assert.ok(
          namesOf(name).some((known) => plan.includes(known)),
          plan,
        )
      })

    for (const deviceId of ['DEV-1', null])
      it(`dead_letters_unacked_idx alone says which letters of ${deviceId ?? 'no device'} make room`, async () => {
        const plan = await database.transaction(async (tx) => {
          await tx.execute(sql`SET LOCAL enable_seqscan = off`)
          const rows = await selectRows<{ 'QUERY PLAN': string }>(tx, sql`EXPLAIN ${makingRoom(deviceId)}`)
          return rows.map((row) => row['QUERY PLAN'])
        })
        const lines = (word: RegExp) => plan.filter((line) => word.test(line)).length
        // What the index holds is asked again of the rows that go, and drops none.
        const filters = lines(/Filter: (?!\(NOT acked\))/)
        assert.deepEqual([lines(/dead_letters_unacked_idx/), filters], [2, 0], plan.join('\n'))
      })

    it('dead_letters_unacked_idx spares who looks for the same message all letters that were acked', async () => {
      const plan = await database.transaction(async (tx) => {
        await tx.execute(sql`
          INSERT INTO dead_letters (device_id, topic, reason, detail, size_bytes, acked)
          SELECT 'DEV-MANY', 'log', 'contradictory', '', 1, true FROM generate_series(1, 5000)`)
        await tx.execute(sql`ANALYZE dead_letters`)
        const same = forgetting({ deviceId: 'DEV-MANY', topic: 'log', payload: Buffer.alloc(1) })
        const rows = await selectRows<{ 'QUERY PLAN': string }>(tx, sql`EXPLAIN ${same}`)
        await tx.execute(sql`DELETE FROM dead_letters WHERE device_id = 'DEV-MANY'`)
        return rows.map((row) => row['QUERY PLAN']).join('\n')
      })
      assert.match(plan, /dead_letters_unacked_idx/)
    })

    for (const [table, key] of [
      [deviceBatches, /device_batches_hash_key/],
      [deviceGaps, /device_gaps_(pkey|end_hash_idx)/],
    ] as const)
      it(`${key.source} finds what a replayed letter is of`, async () => {
        const same = sameBatch(table, { device: 'DEV-1', stream: 'log', lane: 'trips' }, Buffer.alloc(32))
        const plan = await database.transaction(async (tx) => {
          await tx.execute(sql`SET LOCAL enable_seqscan = off`)
          return JSON.stringify(await selectRows(tx, sql`EXPLAIN SELECT hash FROM ${table} WHERE ${same}`))
        })
        assert.match(plan, key)
        assert.match(plan, /Index Cond: \(\(device_id = 'DEV-1'::text\) AND \(lane = 'trips'::text\)/)
      })

    it('raising reads of each index what is of its subject, by statistics of before the job too', async () => {
      await database.alone(`
        INSERT INTO domain_events (type, subject, time, data, correlation_id)
        SELECT 'RiskScoreCalculated', 'DRV-' || n % 5000, now(), '{}', 'x' FROM generate_series(1, 20000) n`)
      const deliver = (state: string, background: boolean) => `
        INSERT INTO domain_deliveries (consumer, event_id, subject, state, next_attempt_at, background)
        SELECT 'pricing', id, subject, '${state}', now(), ${background} FROM domain_events WHERE id`
      await database.alone(`${deliver('done', false)} <= 15000`)
      await database.alone('ANALYZE domain_events; ANALYZE domain_deliveries')
      await database.alone(`${deliver('ready', true)} > 15000`)
      const rows = await selectRows<{ 'QUERY PLAN': string }>(
        db,
        sql`EXPLAIN (COSTS off) ${raiseDeliveries(['DRV-1'])}`,
      )
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      const key = String.raw`\n *Index Cond: \(\(consumer = \w+\.consumer\) AND \(subject = \w+\.subject\)`
      assert.match(plan, new RegExp(`domain_deliveries_background_idx on domain_deliveries held${key}`))
      assert.match(plan, new RegExp(`domain_deliveries_queued_idx on domain_deliveries behind${key}`))
      assert.match(plan, /domain_deliveries_(pkey|event_idx) on domain_deliveries waiting/)
      assert.doesNotMatch(plan, /Hash|Seq Scan/)
    })
  })
}

describe('docs/indexes.md', () => {
  for (const [what, index, statement] of [
    ['dead letters make room', 'dead_letters_unacked_idx', makingRoom('DEV-1')],
    ['deliveries are raised', 'domain_deliveries_background_idx', raiseDeliveries(['DRV-1'])],
  ] as const)
    it(`has the statement by which ${what} as it is in the code`, () => {
      const { sql: text } = new PgDialect().sqlToQuery(statement.inlineParams())
      const row = listed.find(({ name }) => name === index)
      assert.equal(row?.query, text.trim().replace(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(' )', ')'))
    })
})
