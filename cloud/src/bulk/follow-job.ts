import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'

/**
 * Notes on the things of a run how far the job is that does them; nothing where the job is no run's. Doing it again changes nothing.
 *
 * @returns how many things were settled by it
 */
export function followJob(db: Database, jobId: number): Promise<number> {
  return db.transaction(async (tx) => {
    const [row] = await selectRows<{ settled: number }>(
      tx,
      sql`
        WITH job AS (
          SELECT j.id, j.after_id, j.state, j.error, r.id AS run_id FROM risk_jobs j JOIN bulk_runs r ON r.job_id = j.id
          WHERE j.id = ${jobId}::bigint
        ), looked_at AS (
          SELECT i.run_id, i.place, f.error, s.version, job.state, job.error AS given_up, i.item_id <= job.after_id AS done
          FROM job JOIN bulk_items i ON i.run_id = job.run_id AND i.state = 'waiting'
          LEFT JOIN risk_job_failures f ON f.job_id = job.id AND f.driver_id = i.item_id
          LEFT JOIN scores s ON s.job_id = job.id AND s.driver_id = i.item_id
          WHERE i.item_id <= job.after_id OR job.state IN ('done', 'cancelled', 'failed')
        ), settled AS (
          UPDATE bulk_items i SET
            state = CASE WHEN l.version IS NOT NULL THEN 'done'
              WHEN l.error IS NOT NULL OR NOT l.done AND l.state = 'failed' THEN 'failed' ELSE 'skipped' END,
            detail = CASE WHEN l.version IS NOT NULL THEN 'score version ' || l.version
              WHEN l.error IS NOT NULL THEN l.error
              WHEN NOT l.done THEN coalesce(l.given_up, 'the job was cancelled')
              ELSE 'no new score: nothing that it is made of has changed, or no trip of these days is insured' END
          FROM looked_at l WHERE i.run_id = l.run_id AND i.place = l.place RETURNING 1
        )
        SELECT count(*)::int AS settled FROM settled`,
    )
    await tx.execute(sql`
      UPDATE bulk_runs r SET state = 'done', ended_at = j.ended_at FROM risk_jobs j
      WHERE r.job_id = ${jobId}::bigint AND j.id = r.job_id AND r.state <> 'done' AND j.state IN ('done', 'cancelled', 'failed')`)
    return row?.settled ?? 0
  })
}
