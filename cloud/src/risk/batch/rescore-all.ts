import { standardPeriodDays } from '@fairmile/contract/http/risk.ts'
import type { Database } from '../../db/database.ts'
import { riskJobFor } from './jobs.ts'

const everybody = { driverIds: null, periodDays: standardPeriodDays, batchSize: 500, requestedBy: 'schedule' }

/** Asks for all scores, as every night; a job that asks for the same and has not ended yet is enough. */
export async function rescoreAll(db: Database): Promise<{ job: string }> {
  const job = await riskJobFor(db, everybody)
  return { job: `JOB-${job.id}` }
}
