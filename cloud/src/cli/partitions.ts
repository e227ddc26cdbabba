import { Command } from 'commander'
import { ensurePartitions, listPartitions, monthsFrom } from '../db/partitions.ts'
import { UsageError } from '../errors.ts'
import { printRows } from './print-rows.ts'
import { withDatabase } from './with-database.ts'

/** `partitions`: the months of `telematics_events`. */
export const partitionsCommand = (): Command =>
  new Command('partitions')
    .description('months of the telematics table')
    .addCommand(
      new Command('list')
        .description('list the months with their size; rows are the planner’s estimate')
        .option('--json', 'an object a line')
        .action(async (options: { json?: boolean }) => {
          const partitions = await withDatabase(({ db }) => listPartitions(db))
          printRows(partitions, { ...options, none: 'No months yet.' })
        }),
    )
    .addCommand(
      new Command('create')
        .description('make months; without any, this one and the two that follow')
        .argument('[months...]', 'months like 2026-11')
        .action(async (months: string[]) => {
          const wanted = months.length > 0 ? months : monthsFrom(Date.now())
          await withDatabase((database) => ensurePartitions(database, wanted)).catch((error) => {
            throw error instanceof RangeError ? new UsageError(error.message, { cause: error }) : error
          })
          process.stderr.write(`There are partitions for ${wanted.join(', ')}.\n`)
        }),
    )
