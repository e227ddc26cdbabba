import { Command } from 'commander'
import { migrate } from '../db/migrate.ts'
import { printRows } from './print-rows.ts'
import { withDatabase } from './with-database.ts'

/** `migrate`: brings the database to the newest schema. */
export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('bring the database to the newest schema, and list what was applied')
    .option('--json', 'an object a line')
    .action(async (options: { json?: boolean }) => {
      const applied = await withDatabase(migrate)
      printRows(
        applied.map((migration) => ({ migration })),
        { ...options, none: 'Nothing to do: the database is at the newest schema.' },
      )
    })
