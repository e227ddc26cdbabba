import type { EmbeddedBroker } from '../broker/embedded.ts'
import type { OpenDatabase } from '../db/open.ts'
import type { Log } from '../log.ts'
import { revocationsChannel, revokedAmong } from './revoke-device.ts'

interface WatchOptions {
  readonly database: Pick<OpenDatabase, 'db' | 'listen'>
  readonly broker: Pick<EmbeddedBroker, 'endRevoked'>
  readonly log: Log
}

/** Ends the connections of devices at this process's broker when they are revoked, by whatever process; gives what stops that. */
export function watchRevocations({ database, broker, log }: WatchOptions): Promise<() => Promise<void>> {
  const { db } = database
  const endThem = async () => {
    const ended = await broker.endRevoked((ids) => revokedAmong(db, ids))
    if (ended > 0) log.info({ ended }, 'connections of revoked devices ended')
  }
  return database.listen(revocationsChannel, () => {
    endThem().catch((error: unknown) => log.error({ error }, 'connections of revoked devices were not ended'))
  })
}
