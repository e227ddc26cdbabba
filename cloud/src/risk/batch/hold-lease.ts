import type { Database } from '../../db/database.ts'
import { leaseMs, type RiskJobRow, renewLease } from './jobs.ts'

/** Twice may go wrong before the lease runs out. */
const renewMs = leaseMs / 3

/**
 * Lengthens a job's lease on and on until it is disposed of: a batch may take longer than a lease, and then two processes that look would
 * take it from each other for ever. It ends by itself where the job is another's by now; who works on it hears of that with its next batch.
 */
export function holdLease(db: Database, job: Pick<RiskJobRow, 'id' | 'runner'>): Disposable {
  let asking = false
  const stop = () => clearInterval(timer)
  const timer = setInterval(async () => {
    if (asking) return
    asking = true
    try {
      if (!(await renewLease(db, job))) stop()
    } catch {
      // The next time; and where there is none, the batch that cannot be noted says why.
    } finally {
      asking = false
    }
  }, renewMs)
  timer.unref()
  return { [Symbol.dispose]: stop }
}
