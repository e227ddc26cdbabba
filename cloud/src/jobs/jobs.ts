import { fromPglite, type JobWithMetadata, PgBoss } from 'pg-boss'
import type { OpenDatabase } from '../db/open.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { type JobHandler, type JobName, jobNames, schedule } from './schedule.ts'

/** Where what was given up is kept, for two weeks. */
const deadJobs = 'dead-jobs'
/** Attempts after the first: with the delays below about half an hour, longer than a restart of the database. */
const defaultRetries = 5
const retryDelayS = 30
const retryDelayMaxS = 900
/** A job that runs longer is tried again. */
const expireS = 2 * 3600
/** Silence of its process after which a job counts as lost with it, and is tried again. */
const defaultHeartbeatS = 60
const keepDeadS = 14 * 24 * 3600
/** How often each job is looked for: they are matters of minutes and hours. */
const pollS = 15
/** Connections to PostgreSQL for schedules and jobs' states: their work runs on the others. */
const maxConnections = 2
/** How long a job under way is waited for at the end; then it is begun anew elsewhere. */
const stopMs = 10_000

interface JobsOptions {
  readonly database: OpenDatabase
  readonly handlers: Readonly<Partial<Record<JobName, JobHandler>>>
  readonly metrics: Metrics
  readonly log: Log
  /** Seconds. @default 15 */
  readonly pollingIntervalS?: number
  /** Seconds before the second attempt. @default 30 */
  readonly firstRetryS?: number
  /** Attempts after the first. @default 5 */
  readonly retries?: number
  /** Seconds of silence after which the process of a job counts as gone, 10 at least. @default 60 */
  readonly heartbeatS?: number
}

/** The recurring jobs of this process. */
export interface Jobs {
  /** Puts up the schedules and begins to work. */
  start(): Promise<void>
  /** Has a job done now, by whichever process comes first; false where it is waiting or under way already. */
  runNow(name: JobName): Promise<boolean>
  /** Ends after what is under way; may be called twice. */
  stop(): Promise<void>
}

/**
 * Schedules and jobs by pg-boss, in the database's schema `pgboss`: each job runs once however many processes there are,
 * its failure is logged, tried again with longer waits, and set aside at last.
 */
export function createJobs(options: JobsOptions): Jobs {
  const {
    database,
    handlers,
    metrics,
    log,
    pollingIntervalS = pollS,
    firstRetryS = retryDelayS,
    retries = defaultRetries,
    heartbeatS = defaultHeartbeatS,
  } = options
  const boss = new PgBoss({
    ...('pglite' in database.engine
      ? { db: fromPglite(database.engine.pglite), backend: 'pglite' as const }
      : { connectionString: database.engine.url, max: maxConnections }),
    application_name: 'fairmile-jobs',
    registerInstance: false,
    // Tables of a few hundred rows: no index of theirs grows large.
    reindex: false,
    monitorVacuum: false,
    flowIntervalSeconds: 3600,
    cronWorkerIntervalSeconds: pollS,
    superviseIntervalSeconds: Math.ceil(heartbeatS / 2),
    monitorIntervalSeconds: Math.ceil(heartbeatS / 2),
  })
  boss.on('error', (error) => log.warn({ error }, 'jobs: the database did not answer'))
  let started: Promise<void> | null = null

  async function start(): Promise<void> {
    await boss.start()
    await boss.createQueue(deadJobs, { deleteAfterSeconds: keepDeadS, retentionSeconds: keepDeadS })
    const queue = {
      ...{ retryLimit: retries, retryDelay: firstRetryS, retryBackoff: true, retryDelayMax: retryDelayMaxS },
      ...{ expireInSeconds: expireS, heartbeatSeconds: heartbeatS, deadLetter: deadJobs },
    }
    for (const name of jobNames) {
      const handler = handlers[name]
      // Its schedule stays: another worker has the handler, as may this one when it starts again. Who has none takes no such job.
      if (!handler) continue
      await boss.createQueue(name, { ...queue, policy: 'exclusive' })
      await boss.updateQueue(name, queue)
      await boss.schedule(name, schedule[name].cron, null, { tz: 'UTC' })
      const work = { pollingIntervalSeconds: pollingIntervalS, includeMetadata: true as const }
      await boss.work<unknown, void, typeof work>(name, work, async ([job]) => {
        if (job) await runJob(handler, { name, job, metrics, log })
      })
    }
  }

  return {
    start: () => {
      started ??= start()
      return started
    },
    runNow: async (name) => (await boss.send(name)) !== null,
    async stop() {
      if (!started) return
      await started.catch(() => {})
      started = null
      await boss.stop({ graceful: true, timeout: stopMs })
    },
  }
}

interface JobRun extends Pick<JobsOptions, 'metrics' | 'log'> {
  readonly name: JobName
  readonly job: JobWithMetadata<unknown>
}

/** Does a job once; counts and tells how it ended. @throws what the handler threw, so that it is tried again */
async function runJob(handler: JobHandler, { name, job, metrics, log }: JobRun): Promise<void> {
  const about = { job: name, tries: job.retryCount + 1 }
  try {
    const result = await handler({ signal: job.signal })
    metrics.jobs.inc({ job: name, outcome: 'done' })
    log.info({ ...about, ...(result instanceof Object && { result }) }, 'job done')
  } catch (error) {
    const dead = job.retryCount >= job.retryLimit
    metrics.jobs.inc({ job: name, outcome: dead ? 'dead' : 'retry' })
    log[dead ? 'error' : 'warn']({ ...about, error }, dead ? 'job given up' : 'job to be retried')
    throw error
  }
}
