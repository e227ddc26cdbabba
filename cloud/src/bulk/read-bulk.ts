import type { BulkItem, BulkRun } from '@fairmile/contract/http/bulk.ts'
import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { decodeCursor, largestInteger, momentOf, numberOf, toPage } from '../http/page.ts'

const iso = (moment: SQL) => sql`to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const counted = (state: string) => sql`(count(*) FILTER (WHERE i.state = ${state}))::int`

/** Runs that were started, the newest first, with how far each is. */
export async function listBulkRuns(db: Database, { cursor, limit }: PageQuery): Promise<Page<BulkRun>> {
  const [startedAt, id] = decodeCursor(cursor, 2) ?? []
  const after =
    startedAt === undefined
      ? sql``
      : sql`AND (r.started_at, r.id) < (${momentOf(startedAt).toISOString()}::timestamptz, ${id})`
  const rows = await selectRows<BulkRun & Record<string, unknown>>(
    db,
    runs(sql`r.state <> 'previewed' ${after}`, limit + 1),
  )
  return toPage(rows, { limit, keyOf: (run) => [run.startedAt ?? '', run.id], itemOf: (run) => run })
}

/** One run that was started; null where there is none. */
export async function readBulkRun(db: Database, runId: string): Promise<BulkRun | null> {
  const where = sql`r.id = ${runId} AND r.state <> 'previewed'`
  const [run] = await selectRows<BulkRun & Record<string, unknown>>(db, runs(where, 1))
  return run ?? null
}

const runs = (where: SQL, limit: number) => sql`
  SELECT r.id, r.action, r.state, r.previewed_by AS by, ${iso(sql`r.started_at`)} AS "startedAt",
    ${iso(sql`r.ended_at`)} AS "endedAt", 'JOB-' || r.job_id AS "jobId", c.counts
  FROM bulk_runs r CROSS JOIN LATERAL (
    SELECT json_build_object('waiting', ${counted('waiting')}, 'done', ${counted('done')},
      'skipped', ${counted('skipped')}, 'failed', ${counted('failed')}) AS counts
    FROM bulk_items i WHERE i.run_id = r.id
  ) c
  WHERE ${where} ORDER BY r.started_at DESC, r.id DESC LIMIT ${limit}`

/** What became of the things of a run, in the order in which they are done. */
export async function listBulkItems(
  db: Database,
  runId: string,
  { cursor, limit }: PageQuery,
): Promise<Page<BulkItem>> {
  const [place] = decodeCursor(cursor, 1) ?? []
  const rows = await selectRows<BulkItem & { place: number } & Record<string, unknown>>(
    db,
    sql`
      SELECT place, item_id AS id, label, change, state, detail FROM bulk_items
      WHERE run_id = ${runId} AND place > ${place === undefined ? 0 : numberOf(place, largestInteger)}::int ORDER BY place LIMIT ${limit + 1}`,
  )
  return toPage(rows, { limit, keyOf: (row) => [String(row.place)], itemOf: ({ place: _place, ...item }) => item })
}
