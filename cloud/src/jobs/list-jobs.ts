import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { schedule } from './schedule.ts'

/** A job as it stands. */
export interface ListedJob {
  readonly job: string
  readonly cron: string
  /** State and end of its newest run; null where it never ran. */
  readonly state: string | null
  readonly endedAt: string | null
  readonly error: string | null
  readonly does: string
}

/** The jobs that are scheduled, with their newest runs; empty where no worker has started yet. */
export async function listJobs(db: Database): Promise<ListedJob[]> {
  const [there] = await selectRows<{ is: boolean }>(db, sql`SELECT to_regclass('pgboss.schedule') IS NOT NULL AS is`)
  if (!there?.is) return []
  const rows = await selectRows<{ job: string; cron: string; state: string; endedAt: string; error: string }>(
    db,
    sql`
      SELECT s.name AS job, s.cron, newest.state::text, newest.error,
        to_char(newest.completed_on AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "endedAt"
      FROM pgboss.schedule s
      LEFT JOIN LATERAL (
        SELECT state, completed_on, output ->> 'message' AS error FROM pgboss.job j WHERE j.name = s.name
        ORDER BY created_on DESC LIMIT 1
      ) newest ON true
      ORDER BY s.name`,
  )
  const does = new Map(Object.entries(schedule).map(([name, job]) => [name, job.does]))
  return rows.map((row) => ({ ...row, does: does.get(row.job) ?? '' }))
}
