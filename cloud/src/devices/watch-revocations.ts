import { createBell } from '../bell.ts'
import type { EmbeddedBroker } from '../broker/embedded.ts'
import type { OpenDatabase } from '../db/open.ts'
import type { Log } from '../log.ts'
import { revocationsChannel, revokedAmong } from './revoke-device.ts'

/** How often it is looked even where nobody says that a device was revoked. */
const dueMs = 60_000

interface WatchOptions {
  readonly database: Pick<OpenDatabase, 'db' | 'listen'>
  readonly broker: Pick<EmbeddedBroker, 'endRevoked'>
  readonly log: Log
}

/**
 * Ends the connections of devices at this process's broker when they are revoked, by whatever process; where that cannot be looked up, until
 * it can.
 *
 * @returns what stops that
 */
export async function watchRevocations({ database, broker, log }: WatchOptions): Promise<() => Promise<void>> {
  const { db } = database
  const stopping = new AbortController()
  const { signal } = stopping
  const bell = createBell()
  const endThem = async () => {
    const ended = await broker.endRevoked((ids) => revokedAmong(db, ids))
    if (ended > 0) log.info({ ended }, 'connections of revoked devices ended')
    return false
  }
  const unlisten = await database.listen(revocationsChannel, bell.ring)
  const failed = (error: unknown) => log.error({ error }, 'revoked devices could not be looked up')
  const looking = bell.keepLooking(endThem, { dueMs, signal, failed })
  return async () => {
    stopping.abort()
    await unlisten()
    await looking
  }
}
