import type { LivePort } from '../../live/fan-out.ts'
import type { RiskJobRow } from './jobs.ts'
import { toldRiskJob } from './jobs.ts'

/** Batches are told to pages so often at most. */
const everyMs = 500

/** Tells the pages of admins how far a job is: a few times a second at most, and its end always. */
export function tellOfJob(live: LivePort, monotonicMs = () => performance.now()): (row: RiskJobRow) => void {
  let lastMs = Number.NEGATIVE_INFINITY
  return (row) => {
    const nowMs = monotonicMs()
    if (row.endedAt === null && nowMs - lastMs < everyMs) return
    lastMs = nowMs
    const { id: jobId, state, done, total, failed } = toldRiskJob(row)
    live.publish({ type: 'risk_job_update', driverId: null, at: Date.now(), jobId, state, done, total, failed })
  }
}
