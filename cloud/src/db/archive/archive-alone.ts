import { UsageError } from '../../errors.ts'
import type { OpenDatabase } from '../open.ts'

/** Any number that no other lock has (`git grep 7_301`), the same in every process. */
const advisoryLock = 7_301_049
/** The embedded databases of this process, the only one that has them, of which months are being archived. */
const busy = new WeakSet<OpenDatabase['db']>()

/** Another run archives months of the same database. */
export class ArchiveRunningError extends UsageError {}

/**
 * Runs work while nobody else archives months of this database. On a server the lock is held by a connection of its own, and goes
 * with it; so the work asks `stillAlone`, which throws where it is gone, before each step that two must not do.
 *
 * @throws {ArchiveRunningError}
 */
export async function archiveAlone<T>(
  database: OpenDatabase,
  work: (stillAlone: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const running = () =>
    new ArchiveRunningError(
      'Archiving months: another run is archiving months of this database (the command, or the nightly job of a worker); ' +
        'nothing was done, try again when it has ended',
    )
  if (database.kind === 'postgres')
    return database.scripted(async ({ script, rows }) => {
      const [lock] = await rows(`SELECT pg_try_advisory_xact_lock(${advisoryLock}) AS mine`)
      if (lock?.mine !== true) throw running()
      await script('SET LOCAL idle_in_transaction_session_timeout = 0')
      return work(async () => void (await rows('SELECT 1')))
    })
  const { db } = database
  if (busy.has(db)) throw running()
  busy.add(db)
  try {
    return await work(async () => {})
  } finally {
    busy.delete(db)
  }
}
