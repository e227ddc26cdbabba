import type { RiskJob, RiskJobFailure } from '@fairmile/contract/http/risk-jobs.ts'
import { and, asc, count, desc, eq, gt, lt, or, type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../../db/database.ts'
import { drivers } from '../../db/schema/people.ts'
import { riskJobFailures, riskJobs } from '../../db/schema/risk-jobs.ts'

/** Where processes are told that a job waits. */
export const riskJobsChannel = 'fairmile_risk_jobs'
/** Any number that no other lock has (`git grep 7_301`), the same in every process: who asks for a job waits for who was first. */
const advisoryLock = 7_301_510
/** How long nobody else takes a job that somebody is at; it is lengthened while a batch is made (`hold-lease.ts`), and by each that is done. */
export const leaseMs = 15_000
/** A job that was taken so often without one batch done is given up. */
const maxAttempts = 5

export type RiskJobRow = typeof riskJobs.$inferSelect

/** What is asked for; null drivers are all. */
export interface RiskJobAsk {
  readonly driverIds: readonly string[] | null
  readonly periodDays: number
  readonly batchSize: number
  readonly requestedBy: string
}

/** Records a job and tells whoever waits for one. */
export async function createRiskJob(db: Database, { driverIds, ...ask }: RiskJobAsk): Promise<RiskJobRow> {
  const named = driverIds && [...new Set(driverIds)].toSorted()
  const total = named?.length ?? (await db.select({ n: count() }).from(drivers))[0]?.n ?? 0
  const [job] = await db
    .insert(riskJobs)
    .values({ ...ask, driverIds: named, total, state: 'queued' })
    .returning()
  if (!job) throw new Error('Recording a job: the database gave no number')
  await db.execute(sql`SELECT pg_notify(${riskJobsChannel}, '')`)
  return job
}

/** A moment, or the database's own: the clocks of two processes may differ by more than a lease. */
const momentOf = (nowMs: number | undefined): SQL =>
  nowMs === undefined ? sql`clock_timestamp()` : sql`${new Date(nowMs).toISOString()}::timestamptz`
const leaseFrom = (now: SQL): SQL => sql`${now} + ${leaseMs} * interval '1 millisecond'`

/**
 * Takes a job for a process: one that waits, or whose process has not been heard of for a while; null where there is none.
 *
 * @param options.nowMs wall clock, epoch milliseconds. @default the database's
 * @param options.id only this one
 */
export async function claimRiskJob(
  db: Database,
  { runner, nowMs, id }: { runner: string; nowMs?: number; id?: number },
): Promise<RiskJobRow | null> {
  const now = momentOf(nowMs)
  const free = or(eq(riskJobs.state, 'queued'), and(eq(riskJobs.state, 'running'), lt(riskJobs.leaseUntil, now)))
  return db.transaction(async (tx) => {
    const [found] = await tx
      .select({ id: riskJobs.id, attempts: riskJobs.attempts })
      .from(riskJobs)
      .where(and(free, ...(id === undefined ? [] : [eq(riskJobs.id, id)])))
      .orderBy(asc(riskJobs.id))
      .limit(1)
      .for('update', { skipLocked: true })
    if (!found) return null
    const mine = eq(riskJobs.id, found.id)
    if (found.attempts >= maxAttempts) {
      const error = `taken ${maxAttempts} times without one batch done; the log says why`
      await tx.update(riskJobs).set({ state: 'failed', error, endedAt: now }).where(mine)
      return null
    }
    const [job] = await tx
      .update(riskJobs)
      .set({
        ...{ state: 'running', runner, attempts: found.attempts + 1, leaseUntil: leaseFrom(now) },
        startedAt: sql`coalesce(started_at, ${now})`,
      })
      .where(mine)
      .returning()
    return job ?? null
  })
}

/** What a batch adds to a job. */
export interface BatchDone {
  afterId: string
  scored: number
  unchanged: number
  unscored: number
  failures: readonly RiskJobFailure[]
}

/** The job is another's by now, or has ended: what this process has made of it does not count. */
export class LostJobError extends Error {
  override readonly name = 'LostJobError'
}

/** Notes a batch in the transaction that stored it. @throws {LostJobError} */
export async function noteBatch(
  tx: Database,
  { id, runner }: Pick<RiskJobRow, 'id' | 'runner'>,
  { afterId, scored, unchanged, unscored, failures }: BatchDone,
): Promise<RiskJobRow> {
  if (failures.length > 0)
    await tx
      .insert(riskJobFailures)
      .values(failures.map((failure) => ({ jobId: id, ...failure })))
      .onConflictDoNothing()
  const [job] = await tx
    .update(riskJobs)
    .set({
      ...{ afterId, attempts: 0, leaseUntil: leaseFrom(momentOf(undefined)) },
      scored: sql`scored + ${scored}`,
      unchanged: sql`unchanged + ${unchanged}`,
      unscored: sql`unscored + ${unscored}`,
      failed: sql`failed + ${failures.length}`,
    })
    .where(and(eq(riskJobs.id, id), eq(riskJobs.runner, runner ?? ''), eq(riskJobs.state, 'running')))
    .returning()
  if (!job) throw new LostJobError(`Scoring by job ${id}: another process is at it, or it has ended`)
  return job
}

/** Lengthens the lease of a job that this process is at; false where it is another's by now, or has ended. */
export async function renewLease(db: Database, { id, runner }: Pick<RiskJobRow, 'id' | 'runner'>): Promise<boolean> {
  const [mine] = await db
    .update(riskJobs)
    .set({ leaseUntil: leaseFrom(momentOf(undefined)) })
    .where(and(eq(riskJobs.id, id), eq(riskJobs.runner, runner ?? ''), eq(riskJobs.state, 'running')))
    .returning({ id: riskJobs.id })
  return mine !== undefined
}

/** Notes which model scores; a job that is gone on with keeps the number of its last one. */
export async function noteModel(db: Database, id: number, modelVersion: string): Promise<void> {
  await db.update(riskJobs).set({ modelVersion }).where(eq(riskJobs.id, id))
}

/** Ends a job that this process is at; gives how it stands. */
export async function endRiskJob(
  db: Database,
  { id, runner }: Pick<RiskJobRow, 'id' | 'runner'>,
  end: { state: 'done' | 'cancelled' | 'failed'; error?: string },
  nowMs = Date.now(),
): Promise<RiskJobRow | null> {
  const [job] = await db
    .update(riskJobs)
    .set({ ...end, leaseUntil: null, endedAt: new Date(nowMs) })
    .where(and(eq(riskJobs.id, id), eq(riskJobs.runner, runner ?? ''), eq(riskJobs.state, 'running')))
    .returning()
  return job ?? null
}

/** Gives a job back: the next process that looks for one goes on with it. */
export async function handBackRiskJob(db: Database, { id, runner }: Pick<RiskJobRow, 'id' | 'runner'>): Promise<void> {
  await db
    .update(riskJobs)
    .set({ state: 'queued', runner: null, leaseUntil: null })
    .where(and(eq(riskJobs.id, id), eq(riskJobs.runner, runner ?? ''), eq(riskJobs.state, 'running')))
}

/** Asks a job to end: at once where nobody is at it, after its batch otherwise. Gives how it stands; null where there is none. */
export async function cancelRiskJob(db: Database, id: number): Promise<RiskJobRow | null> {
  const now = momentOf(undefined)
  await db.execute(sql`
    UPDATE risk_jobs SET cancel_asked = true,
      ended_at = CASE WHEN state = 'queued' OR lease_until < ${now} THEN ${now} END,
      state = CASE WHEN state = 'queued' OR lease_until < ${now} THEN 'cancelled' ELSE state END
    WHERE id = ${id} AND state IN ('queued', 'running')`)
  return findRiskJob(db, id)
}

/** A job as it stands; null where there is none. */
export async function findRiskJob(db: Database, id: number): Promise<RiskJobRow | null> {
  const [job] = await db.select().from(riskJobs).where(eq(riskJobs.id, id))
  return job ?? null
}

/** The newest jobs, before a number where one is given. */
export function newestRiskJobs(db: Database, limit: number, before?: number): Promise<RiskJobRow[]> {
  const where = before === undefined ? undefined : lt(riskJobs.id, before)
  return db.select().from(riskJobs).where(where).orderBy(desc(riskJobs.id)).limit(limit)
}

/**
 * An open job that asks for the same, so that it is gone on with and not begun anew; null where there is none.
 *
 * @param options.unbegun only one that has scored nobody yet. @default false
 */
export async function openRiskJobLike(
  db: Database,
  ask: RiskJobAsk,
  { unbegun = false }: { unbegun?: boolean } = {},
): Promise<RiskJobRow | null> {
  const named = ask.driverIds && [...new Set(ask.driverIds)].toSorted()
  const [found] = await selectRows<{ id: number }>(
    db,
    sql`SELECT id::float8 AS id FROM risk_jobs
        WHERE state IN ('queued', 'running') AND NOT cancel_asked AND period_days = ${ask.periodDays}
          AND driver_ids IS NOT DISTINCT FROM ${sql.param(named)}::text[]
          AND (NOT ${unbegun}::boolean OR state = 'queued' AND after_id = '')
        ORDER BY id LIMIT 1`,
  )
  return found ? findRiskJob(db, found.id) : null
}

/**
 * The open job that asks for the same, or a new one; of two who ask at once the second is given the first one's.
 *
 * @param options.unbegun only a job that has scored nobody yet will do: one under way has passed drivers, by what was known then. @default false
 */
export const riskJobFor = (db: Database, ask: RiskJobAsk, options: { unbegun?: boolean } = {}): Promise<RiskJobRow> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${advisoryLock})`)
    return (await openRiskJobLike(tx, ask, options)) ?? (await createRiskJob(tx, ask))
  })

/** Drivers of a job who could not be scored, by id. */
export function riskJobFailuresOf(
  db: Database,
  { id, after = '', limit }: { id: number; after?: string | undefined; limit: number },
): Promise<RiskJobFailure[]> {
  const { driverId, error, jobId } = riskJobFailures
  return db
    .select({ driverId, error })
    .from(riskJobFailures)
    .where(and(eq(jobId, id), gt(driverId, after)))
    .orderBy(asc(driverId))
    .limit(limit)
}

/** A job as it is told. */
export function toldRiskJob(row: RiskJobRow): RiskJob {
  const { scored, unchanged, unscored, failed } = row
  return {
    id: `JOB-${row.id}`,
    state: row.state,
    cancelAsked: row.cancelAsked,
    named: row.driverIds?.length ?? null,
    periodDays: row.periodDays,
    batchSize: row.batchSize,
    requestedBy: row.requestedBy,
    modelVersion: row.modelVersion,
    total: row.total,
    done: scored + unchanged + unscored + failed,
    ...{ scored, unchanged, unscored, failed },
    error: row.error,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}
