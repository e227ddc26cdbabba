import { randomUUID } from 'node:crypto'
import { createBell } from '../../bell.ts'
import type { Database } from '../../db/database.ts'
import type { OpenDatabase } from '../../db/open.ts'
import type { Log } from '../../log.ts'
import type { DriverModel } from '../driver-model.ts'
import { claimRiskJob, LostJobError, type RiskJobRow, riskJobsChannel } from './jobs.ts'
import { runRiskJob } from './run-job.ts'

/** How often jobs are looked for where nobody says that there is one: those whose process died. */
const pollMs = 5_000

interface RunnerOptions {
  readonly database: OpenDatabase
  /** The driver model that is live now. */
  readonly model: (db: Database) => Promise<DriverModel>
  readonly log: Log
  /** Told of each batch that is stored, and of a job's end. */
  readonly progress?: (job: RiskJobRow) => void
}

/** What works off the jobs in this process, one after the other. */
export interface RiskJobRunner {
  start(): Promise<void>
  /** Ends after the batch under way and gives its job back; may be called twice. */
  stop(): Promise<void>
}

export function createRiskJobRunner({ database, model, log, progress }: RunnerOptions): RiskJobRunner {
  const stopping = new AbortController()
  const { signal } = stopping
  const bell = createBell()
  let running: Promise<void> = Promise.resolve()
  let unlisten: (() => Promise<void>) | null = null

  /** Takes a job and works on it; false where there is none. */
  async function runNext(): Promise<boolean> {
    const { db } = database
    const job = await claimRiskJob(db, { runner: randomUUID() })
    if (!job) return false
    const about = { job: `JOB-${job.id}` }
    try {
      const ended = await runRiskJob({ database, job, model: await model(db), signal, ...(progress && { progress }) })
      if (!ended) return false
      const { state, scored, unchanged, unscored, failed } = ended
      log.info({ ...about, state, scored, unchanged, unscored, failed }, 'risk job ended')
      progress?.(ended)
    } catch (error) {
      if (error instanceof LostJobError) log.warn(about, 'another process went on with a risk job')
      // Its lease runs out, and whoever looks next goes on behind the last batch.
      else log.error({ ...about, error }, 'a risk job was broken off')
    }
    return true
  }

  return {
    async start() {
      unlisten = await database.listen(riskJobsChannel, bell.ring)
      running = bell.keepLooking(runNext, {
        dueMs: pollMs,
        signal,
        failed: (error) => log.error({ error }, 'risk jobs could not be looked for'),
      })
    },
    async stop() {
      stopping.abort()
      await running
      await unlisten?.()
      unlisten = null
    },
  }
}
