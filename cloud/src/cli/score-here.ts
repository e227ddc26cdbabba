import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RiskJob } from '@fairmile/contract/http/risk-jobs.ts'
import { FolderInUseError } from '../db/folder-lock.ts'
import type { OpenDatabase } from '../db/open.ts'
import { createLog } from '../log.ts'
import { createModelShelf } from '../registry/shelf.ts'
import { takeInVersions } from '../registry/take-in.ts'
import {
  cancelRiskJob,
  claimRiskJob,
  createRiskJob,
  findRiskJob,
  LostJobError,
  openRiskJobLike,
  type RiskJobAsk,
  toldRiskJob,
} from '../risk/batch/jobs.ts'
import { runRiskJob } from '../risk/batch/run-job.ts'
import { withDatabase } from './with-database.ts'

/** How often a job is looked at that another process works on. */
const lookMs = 300

interface ScoreHere {
  ask: Omit<RiskJobAsk, 'requestedBy' | 'driverIds'> & { driverIds: string[] | null }
  /** Cancels the job. */
  signal: AbortSignal
  progress: (job: RiskJob) => void
}

/** Scores in this process; null where another holds the embedded database. */
export async function scoreHere(options: ScoreHere): Promise<RiskJob | null> {
  try {
    return await withDatabase((database) => scoreOn(database, options))
  } catch (error) {
    if (error instanceof FolderInUseError) return null
    throw error
  }
}

/** Goes on with the job that asks for the same, or records one; works on it, or follows whoever does, to its end. */
async function scoreOn(database: OpenDatabase, { ask, signal, progress }: ScoreHere): Promise<RiskJob> {
  const { db } = database
  const wanted = { ...ask, requestedBy: 'command line' }
  const begun = await openRiskJobLike(db, wanted)
  const { id } = begun ?? (await createRiskJob(db, wanted))
  if (begun) process.stderr.write(`JOB-${id}: begun before, gone on with.\n`)
  const cancel = () => void cancelRiskJob(db, id).catch(() => {})
  signal.addEventListener('abort', cancel)
  await takeInVersions(db)
  const shelf = createModelShelf({ log: createLog({ level: 'error' }) })
  try {
    for (;;) {
      const job = await claimRiskJob(db, { runner: randomUUID(), id })
      if (job) {
        const run = { database, job, model: await shelf.live(db) }
        const ended = await runRiskJob({ ...run, progress: (row) => progress(toldRiskJob(row)) }).catch(whereLost)
        if (ended) return toldRiskJob(ended)
      }
      const now = await findRiskJob(db, id)
      if (!now) throw new Error(`Scoring by JOB-${id}: it is gone`)
      progress(toldRiskJob(now))
      if (now.endedAt) return toldRiskJob(now)
      await sleep(lookMs)
    }
  } finally {
    signal.removeEventListener('abort', cancel)
    await shelf.close()
  }
}

/** Another process went on with it: it is followed. */
function whereLost(error: unknown): null {
  if (error instanceof LostJobError) return null
  throw error
}
