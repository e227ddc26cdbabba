import { Command } from 'commander'
import { FolderInUseError } from '../db/folder-lock.ts'
import { migrate } from '../db/migrate.ts'
import { UsageError } from '../errors.ts'
import { printRows } from './print-rows.ts'
import { withDatabase } from './with-database.ts'

const notThroughServer =
  '"migrate" does not go through a running server: a server brings its database to the newest schema when it starts'

/** `migrate`: brings the database to the newest schema. */
export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('bring the database to the newest schema, and list what was applied')
    .option('--json', 'an object a line')
    .action(async (options: { json?: boolean }) => {
      const applied = await withDatabase(migrate).catch((error: unknown) => {
        if (!(error instanceof FolderInUseError)) throw error
        throw new UsageError(`${error.message}. ${notThroughServer}`, { cause: error })
      })
      printRows(
        applied.map((migration) => ({ migration })),
        { ...options, none: 'Nothing to do: the database is at the newest schema.' },
      )
    })
