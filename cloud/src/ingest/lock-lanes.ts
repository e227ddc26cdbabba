import { sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { idleBound } from '../db/idle-bound.ts'
import type { Accepted, Rejected } from './judge.ts'
import type { Seen } from './words.ts'

/** Sets these locks apart from all others; any number, the same in every process. */
const lockClass = 7_301_048

/**
 * Locks the lanes that messages are of until the transaction ends: two processes that batches of one device are dealt to see what the
 * other stored before. In the order of the locks, so that they never wait for each other, and before anything is read. A process
 * that holds one and does nothing loses its transaction, and stores them again when it goes on.
 */
export async function lockLanes(tx: Database, messages: readonly (Accepted | Rejected | Seen)[]): Promise<void> {
  const lanes = new Set(messages.map(laneOf).filter((lane) => lane !== null))
  if (lanes.size === 0) return
  await tx.execute(sql`
    SELECT pg_advisory_xact_lock(${sql.raw(String(lockClass))}, lock)
    FROM (SELECT ${idleBound}) AS bound, (SELECT DISTINCT hashtext(lane) AS lock FROM unnest(${sql.param([...lanes])}::text[]) AS lanes (lane) ORDER BY lock) AS locks`)
}

/** The lane of a device that a message is of; null for one that is of none. */
export function laneOf(message: Accepted | Rejected | Seen): string | null {
  if (message.kind === 'accepted') return `${message.device.id}/${message.batch.lane}`
  if (message.kind === 'seen' || message.range === null) return null
  return `${message.range.deviceId}/${message.range.lane}`
}
