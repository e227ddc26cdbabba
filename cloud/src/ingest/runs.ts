import type { Lane } from '@fairmile/contract/topics.ts'
import type { Accepted, Rejected } from './judge.ts'
import { laneOf } from './lock-lanes.ts'
import type { Seen } from './words.ts'

/** Lanes whose batches are recorded in runs, and what they hold is stored in bulk. */
export const runLanes: ReadonlySet<Lane> = new Set<Lane>(['telematics', 'urgent'])

/**
 * Puts batches of such lanes that follow one another in a lane together, as those of a backlog do, so that the database is asked once
 * for all of them. What stands between them in other lanes does not part them; the order within each lane stays.
 */
export function runsOf(messages: readonly (Accepted | Rejected | Seen)[]): (Accepted | Rejected)[][] {
  const runs: (Accepted | Rejected)[][] = []
  const open = new Map<string | null, Accepted[]>()
  for (const message of messages) {
    if (message.kind === 'seen') continue
    const key = laneOf(message)
    if (message.kind === 'rejected') {
      if (key !== null) open.delete(key)
      runs.push([message])
      continue
    }
    const { batch } = message
    const run = open.get(key)
    const before = run?.at(-1)?.batch
    if (run && before && batch.gap === null && joins(before, batch)) {
      run.push(message)
      continue
    }
    const begun = [message]
    runs.push(begun)
    if (runLanes.has(batch.lane) && batch.gap === null) open.set(key, begun)
    else open.delete(key)
  }
  return runs
}

const joins = (before: Accepted['batch'], batch: Accepted['batch']): boolean =>
  batch.boot === before.boot && batch.firstSeq === before.lastSeq + 1 && batch.previousHash.equals(before.hash)
