import type { DomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { standardPeriodDays } from '@fairmile/contract/http/risk.ts'
import { CopyRefusedError } from '../../db/copy.ts'
import type { OpenDatabase } from '../../db/open.ts'
import { isConflict, isDataError } from '../../db/sql-state.ts'
import { copyAgain } from '../../db/transact-again.ts'
import { messageOf } from '../../errors.ts'
import { recordDomainEvents } from '../../events/outbox.ts'
import type { DriverModel } from '../driver-model.ts'
import { keepColumns } from '../score-rows.ts'
import { copyScores } from './copy-scores.ts'
import { holdLease } from './hold-lease.ts'
import { endRiskJob, handBackRiskJob, noteBatch, noteModel, type RiskJobRow } from './jobs.ts'
import { openJudge } from './open-judge.ts'
import { readDrivers, type WhichDrivers } from './read-drivers.ts'
import { type NewScore, type ScoredBatch, scoreDrivers } from './score-drivers.ts'

/** How often a batch is made anew where a trip was scored meanwhile, before it is cut in halves. */
const maxTries = 3

interface RunOptions {
  readonly database: Pick<OpenDatabase, 'db' | 'transaction'>
  /** Claimed by this process. */
  readonly job: RiskJobRow
  readonly model: DriverModel
  /** Ends after the batch under way, and gives the job back for another process. */
  readonly signal?: AbortSignal
  /** Told of each batch that is stored. */
  readonly progress?: (job: RiskJobRow) => void
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number
}

/** A batch that is ready to be stored. */
interface Ready extends ScoredBatch {
  ids: string[]
}

/**
 * Scores the drivers of a job from where it stands to its end, its cancelling or the signal's.
 *
 * Each batch is one transaction with its scores, its events and the job's progress, so that a process that dies leaves nothing half done and
 * the next one goes on. While a batch is stored, the one after it is read and judged. The job stays this process's however long a batch takes.
 * @returns the job at its end, null where it was given back
 * @throws {LostJobError} where another process took it meanwhile
 */
export async function runRiskJob(options: RunOptions): Promise<RiskJobRow | null> {
  const { database, job, model, signal, progress, now = Date.now } = options
  const { db } = database
  const { id, periodDays: days, batchSize: limit, driverIds: named } = job
  using _lease = holdLease(db, job)
  await noteModel(db, id, model.manifest.version)
  await keepColumns(db, model)
  await using judge = openJudge(model)

  const make = async (which: WhichDrivers): Promise<Ready> => {
    const drivers = await readDrivers(db, { which, days })
    return { ids: drivers.map(({ driverId }) => driverId), ...(await scoreDrivers(drivers, { model, judge })) }
  }

  /** Stores a batch, anew where what it rests on has changed, and in halves where one of its drivers is refused. */
  async function store(ready: Ready, tries = 1): Promise<RiskJobRow> {
    try {
      return await storeBatch(database, job, ready, { model, at: new Date(now()) })
    } catch (error) {
      const refused = error instanceof CopyRefusedError || isDataError(error)
      if (!refused && !isConflict(error)) throw error
      const { ids } = ready
      if (tries < maxTries) return store(await make({ ids }), tries + 1)
      if (ids.length > 1) {
        const middle = ids.length >> 1
        await store(await make({ ids: ids.slice(0, middle) }), maxTries)
        return store(await make({ ids: ids.slice(middle) }), maxTries)
      }
      const failures = [{ driverId: ids[0] ?? '', error: messageOf(error) }]
      return store({ ids, scores: [], unchanged: 0, unscored: 0, failures }, 1)
    }
  }

  let ahead = make({ afterId: job.afterId, limit, named })
  for (;;) {
    const ready = await ahead
    const lastId = ready.ids.at(-1)
    if (lastId === undefined) return endRiskJob(db, job, { state: 'done' }, now())
    ahead = make({ afterId: lastId, limit, named })
    ahead.catch(() => {}) // told when it is waited for
    const stored = await store(ready)
    progress?.(stored)
    if (!stored.cancelAsked && !signal?.aborted) continue
    await ahead.catch(() => {})
    if (stored.cancelAsked) return endRiskJob(db, job, { state: 'cancelled' }, now())
    await handBackRiskJob(db, job)
    return null
  }
}

async function storeBatch(
  database: Pick<OpenDatabase, 'db' | 'transaction'>,
  job: RiskJobRow,
  { ids, scores, unchanged, unscored, failures }: Ready,
  { model, at }: { model: DriverModel; at: Date },
): Promise<RiskJobRow> {
  return copyAgain(database, async (tx, copy) => {
    await copyScores(copy, scores, { jobId: job.id, days: job.periodDays, at, model })
    // Scores of another period are for whoever asks for them: nobody is told, and nothing is priced. Trips that end meanwhile go before all of these.
    if (job.periodDays === standardPeriodDays)
      await recordDomainEvents(tx, scores.map(eventOf), { at, correlationId: `JOB-${job.id}`, background: true })
    const done = { afterId: ids.at(-1) ?? job.afterId, scored: scores.length, unchanged, unscored, failures }
    return noteBatch(tx, job, done)
  })
}

function eventOf({ driverId, version, tripId, policyId, risk, low, high }: NewScore): DomainEvent {
  const data = { driverId, version, tripId, policyId, risk, intervalHalfWidth: (high - low) / 2 }
  return { type: 'RiskScoreCalculated', subject: driverId, data }
}
