import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../../src/db/database.ts'

/**
 * Of each table, which rows and which columns do not count: those that say when or in which order something came here, not what it is.
 * Of scores and premiums the newest of each driver and policy count: how many versions there were depends on the order.
 */
const contents: Readonly<Record<string, { rows: string; without: readonly string[] }>> = {
  telematics_events: { rows: 'telematics_events', without: [] },
  trips: { rows: 'trips', without: ['updated_at', 'version', 'versions', 'cause', 'correlation_id'] },
  // Which records of each trip the car ever told: the numbers that they got depend on the order.
  trip_records: {
    rows: `(SELECT trip_id, record_hash FROM trip_versions WHERE record_hash IS NOT NULL
      UNION SELECT id, record_hash FROM trips WHERE record_hash IS NOT NULL)`,
    without: [],
  },
  trip_accounts: {
    rows: `(SELECT DISTINCT ON (trip_id) * FROM trip_accounts WHERE trip_id IN (SELECT id FROM trips)
      ORDER BY trip_id, version DESC)`,
    without: ['version', 'computed_at'],
  },
  trip_digests: { rows: 'trip_digests', without: ['due_at'] },
  driver_statistics: { rows: 'driver_statistics', without: ['updated_at'] },
  driving_events: { rows: 'driving_events', without: ['told_at'] },
  scores: {
    rows: '(SELECT DISTINCT ON (driver_id) * FROM scores ORDER BY driver_id, version DESC)',
    without: ['version', 'event_id', 'trip_id', 'calculated_at'],
  },
  premiums: {
    rows: '(SELECT DISTINCT ON (policy_id) * FROM premiums ORDER BY policy_id, version DESC)',
    without: ['version', 'event_id', 'receipt_id', 'calculated_at', 'trips_hash'],
  },
}

/** What a database holds, in so many words as compare. */
export interface ContentHash {
  /** Of all tables together, hex. */
  hash: string
  /** Rows and hash of each. */
  tables: Record<string, { rows: number; hash: string }>
}

/** Hashes what the database holds, whatever the order in which it came. Same rows, same hash; on either engine. */
export async function contentHash(db: Database): Promise<ContentHash> {
  const tables: ContentHash['tables'] = {}
  for (const [name, { rows, without }] of Object.entries(contents)) {
    const columns = without.map((column) => `'${column}'`).join(', ')
    const kept = without.length === 0 ? 'to_jsonb(t)' : `to_jsonb(t) - ARRAY[${columns}]`
    // Two seeds, added up: the order does not count, and a row that is there twice does not cancel itself out.
    const [found] = await selectRows<{ rows: number; first: string; second: string }>(
      db,
      sql.raw(`SELECT count(*)::float8 AS rows, coalesce(sum(hashtextextended(content, 1)), 0)::text AS first,
          coalesce(sum(hashtextextended(content, 2)), 0)::text AS second
        FROM (SELECT (${kept})::text AS content FROM ${rows} AS t) AS contents`),
    )
    tables[name] = { rows: Number(found?.rows), hash: `${found?.first}/${found?.second}` }
  }
  const hash = createHash('sha256').update(JSON.stringify(tables)).digest('hex')
  return { hash, tables }
}
